import Canvas
import Tensors

extension ScreenDescription {
  /// Plain lines: title, facts, then each table with its columns aligned.
  package var text: String {
    var lines = [title]
    lines += facts.map { $0.name.isEmpty ? $0.value : "\($0.name): \($0.value)" }
    for table in tables {
      lines += ["", table.name]
      lines += table.lines
    }
    return lines.map { truncated($0, to: 100_000) }.joined(separator: "\n") + "\n"
  }
}

extension DescribedTable {
  fileprivate var lines: [String] {
    let cells = [columns] + rows.map { $0.map(\.text) }
    let isNumber = columns.indices.map { column in
      rows.contains { $0.indices.contains(column) && $0[column].isNumber }
    }
    let widths = columns.indices.map { column in
      cells.map { $0.indices.contains(column) ? cellWidth(of: $0[column]) : 0 }.max() ?? 0
    }
    return cells.map { row in
      var line = " "
      for (column, cell) in row.prefix(columns.count).enumerated() {
        let gap = String(repeating: " ", count: widths[column] - cellWidth(of: cell))
        line += " " + (isNumber[column] ? gap + cell : cell + gap)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}

extension DescribedValue {
  var isNumber: Bool {
    if case .number = self { true } else { false }
  }

  /// As in tables, safe to print.
  var text: String {
    switch self {
    case .text(let text): truncated(text, to: 200)
    case .number(let value):
      value == value.rounded() && value.magnitude < 1e9
        ? NumberText.fixed(value, 0) : NumberText.compact(value)
    case .none: "–"
    }
  }
}
