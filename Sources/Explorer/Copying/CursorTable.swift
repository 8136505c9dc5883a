import Atlases
import Findings
import Networks

extension ExplorerState {
  /// The table the cursor is in, as `show` prints it, and the row the cursor is on if it is on
  /// one; nil where the screen has no table.
  func tableAtCursor() -> (table: DescribedTable, row: Int?)? {
    var state = self
    state.complete()
    guard let table = state.chosenTable(), !table.rows.isEmpty else { return nil }
    let key = state.rowKey(in: table)
    return (table, key.flatMap { key in table.rows.firstIndex { $0.starts(with: key) } })
  }

  /// The network's tables are made one by one: its edges take long.
  private mutating func chosenTable() -> DescribedTable? {
    guard view != .network else {
      let clusters = clusterTable(&self)
      return clusters.rows.isEmpty ? layerTable(self) : clusters
    }
    let tables = describe(self).tables
    func named(_ part: String) -> DescribedTable? { tables.first { $0.name.hasPrefix(part) } }
    switch (view, place.focus) {
    case (.layer, 1), (.cluster, 1), (.pair, 1):
      return tables.count == 1 ? tables.first : tables.dropFirst().first
    case (.neuron, 0): return named("strongest patches")
    case (.neuron, 1): return named("classes")
    case (.neuron, _):
      let inputs = named("strongest inputs")
      return selection.link < (inputs?.rows.count ?? 0) ? inputs : named("strongest outputs")
    case (.classes, _): return named("confusion")
    default: return tables.first
    }
  }

  /// What the cursor's row begins with.
  private func rowKey(in table: DescribedTable) -> [DescribedValue]? {
    func row(_ index: Int) -> [DescribedValue]? {
      table.rows.indices.contains(index) ? table.rows[index] : nil
    }
    switch (view, place.focus) {
    case (.network, _):
      guard let layer else { return nil }
      let name = DescribedValue.text(layer.name)
      return table.name == "clusters" ? cluster.map { [name, .text($0.letter)] } : [name]
    case (.layer, 0): return cluster.map { [.text($0.letter)] }
    case (.layer, _), (.cluster, _): return [DescribedValue(selection.neuron)]
    case (.neuron, 0):
      return [DescribedValue(selection.neuron), DescribedValue(selection.patch + 1)]
    case (.neuron, 1), (.classes, _): return [.text(className(selection.classIndex))]
    case (.neuron, _): return linkKey
    case (.pair, 1): return row(selection.link)
    case (.image, _) where hasImageParts:
      guard let layer else { return nil }
      return cluster.map { [.text(layer.name), .text($0.letter)] }
    case (.pair, _), (.images, _), (.image, _), (.flips, _): return row(selection.item)
    case (.findings, _): return finding.map { [.text($0.severity.rawValue), .text($0.id)] }
    case (.whatIf, _): return row(shelf.place)
    }
  }

  private var linkKey: [DescribedValue]? {
    let links = shownLinks
    return links.indices.contains(selection.link) ? [.text(address(links[selection.link]))] : nil
  }
}
