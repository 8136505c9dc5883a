import Canvas

extension DescribedTable {
  /// Column names, then a line a row; columns apart by tabs. Figures are whole, absent ones
  /// empty.
  package var tabSeparated: String {
    ([columns.map { DescribedValue.text($0) }] + rows).map { tabSeparatedLine($0) + "\n" }.joined()
  }
}

/// Values apart by tabs, which no value contains.
func tabSeparatedLine(_ values: [DescribedValue]) -> String {
  values.map(\.field).joined(separator: "\t")
}

/// Text of one line without control characters.
func plainField(_ text: String) -> String {
  var line = String.UnicodeScalarView()
  line.append(contentsOf: safeGlyphs(text))
  return String(line)
}

extension DescribedValue {
  fileprivate var field: String {
    switch self {
    case .text(let text): plainField(text)
    case .number(let value):
      if let whole = Int(exactly: value) {
        "\(whole)"
      } else {
        value.isFinite ? "\(value)" : ""
      }
    case .none: ""
    }
  }
}
