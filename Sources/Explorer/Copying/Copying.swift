import Tensors

extension ExplorerState {
  /// Copies what `words` name: `address`, `row` or `table`, then a file if it is to go there;
  /// nothing stands for the address.
  mutating func copy(_ words: String) {
    let parts = words.split(separator: " ", maxSplits: 1).map(String.init)
    let name = parts.first ?? CopyPart.address.rawValue
    guard let part = CopyPart(rawValue: name.lowercased()) else {
      message = "“\(name)” cannot be copied; it is :copy address, row or table, and maybe a FILE"
      return
    }
    guard var request = copied(part) else {
      message = "there is no \(part.rawValue) to copy here"
      return
    }
    request.path = parts.count > 1 ? parts[1] : nil
    outbox.append(.copy(request))
  }

  private mutating func copied(_ part: CopyPart) -> CopyRequest? {
    switch part {
    case .address:
      guard let address = addressAtCursor else { return nil }
      let text = plainField(address)
      return CopyRequest(text: text, title: text)
    case .row:
      guard let (table, row) = tableAtCursor(), let row, table.rows.indices.contains(row) else {
        return nil
      }
      let count = table.rows[row].count
      return CopyRequest(
        text: tabSeparatedLine(table.rows[row]),
        title: "the row, \(NumberText.counted(count, "column"))")
    case .table:
      guard let (table, _) = tableAtCursor() else { return nil }
      let count = table.rows.count
      return CopyRequest(
        text: table.tabSeparated, title: "the table, \(NumberText.counted(count, "row"))")
    }
  }
}
