import Canvas
import ModelFiles

/// Lines for people: names in them come from files, so control characters are taken away.
func plainText(_ lines: [String]) -> String {
  lines.map { printable($0, limit: 400) + "\n" }.joined()
}

/// Rows in columns as wide as their widest text, the first to the left, the others to the right;
/// a first text wider than `widest` columns is cut.
func alignedColumns(_ rows: [[String]], widestFirst widest: Int = 60) -> [String] {
  let rows = rows.map { row in
    row.enumerated().map { $0.offset == 0 ? truncated($0.element, to: widest) : $0.element }
  }
  var widths: [Int] = []
  for row in rows {
    for (column, text) in row.enumerated() {
      if column == widths.count { widths.append(0) }
      widths[column] = max(widths[column], cellWidth(of: text))
    }
  }
  return rows.map { row in
    var line = ""
    for (column, text) in row.enumerated() {
      let gap = String(repeating: " ", count: widths[column] - cellWidth(of: text))
      line += column == 0 ? text + gap : "  " + gap + text
    }
    return line
  }
}
