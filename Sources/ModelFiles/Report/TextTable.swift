/// Rows of text in aligned columns that fit a width.
struct TextTable {
  struct Column {
    var title: String
    var isNumber = false
    /// Columns of higher rank go first when the table is too wide; 0 stays.
    var dropRank = 0
  }

  var columns: [Column]
  /// One text a column; a row of one text stands alone, as a heading.
  var rows: [[String]] = []

  private static let gap = 2
  private static let narrowestFirstColumn = 24

  /// Lines without trailing spaces, at most `width` characters each.
  func lines(width: Int) -> [String] {
    var shown = Array(columns.indices)
    while shown.count > 1, naturalWidth(shown, first: Self.narrowestFirstColumn) > width,
      let last = shown.filter({ columns[$0].dropRank > 0 })
        .max(by: { columns[$0].dropRank < columns[$1].dropRank })
    {
      shown.removeAll { $0 == last }
    }
    var widths = shown.map { columnWidth($0) }
    let excess = widths.reduce(0, +) + Self.gap * (shown.count - 1) - width
    if excess > 0 { widths[0] = max(Self.narrowestFirstColumn, widths[0] - excess) }
    let header = line(columns.map(\.title), shown, widths)
    return
      ([header]
      + rows.map { row in
        row.count == 1 ? Self.cut(row[0], to: width) : line(row, shown, widths)
      }).map { Self.cut($0, to: max(1, width)) }
  }

  private func columnWidth(_ column: Int) -> Int {
    rows.lazy.filter { $0.count > column && $0.count > 1 }
      .reduce(columns[column].title.count) { max($0, $1[column].count) }
  }

  private func naturalWidth(_ shown: [Int], first: Int) -> Int {
    let widths = shown.map { columnWidth($0) }
    return min(widths[0], first) + widths.dropFirst().reduce(0, +) + Self.gap * (shown.count - 1)
  }

  private func line(_ texts: [String], _ shown: [Int], _ widths: [Int]) -> String {
    var result = ""
    for (place, column) in shown.enumerated() {
      let text = Self.cut(texts[column], to: widths[place])
      let padding = String(repeating: " ", count: max(0, widths[place] - text.count))
      if place > 0 { result += String(repeating: " ", count: Self.gap) }
      result += columns[column].isNumber ? padding + text : text + padding
    }
    while result.last == " " { result.removeLast() }
    return result
  }

  /// `text` with its middle replaced by an ellipsis where it is too long.
  static func cut(_ text: String, to width: Int) -> String {
    guard text.count > width else { return text }
    guard width > 2 else { return String(text.prefix(width)) }
    let tail = (width - 1) / 2
    return text.prefix(width - 1 - tail) + "…" + text.suffix(tail)
  }
}
