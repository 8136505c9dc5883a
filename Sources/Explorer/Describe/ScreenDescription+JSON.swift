extension ScreenDescription {
  /// Stable JSON (RFC 8259): keys in a fixed order, two-space indent, a table row a line;
  /// numbers that are not finite are null.
  package var json: String {
    let facts = facts.map { fact in
      "    { \"name\": \(quoted(fact.name)), \"value\": \(quoted(fact.value)) }"
    }
    let tables = tables.map(\.json)
    return """
      {
        "version": \(version),
        "view": \(quoted(view)),
        "title": \(quoted(title)),
        "facts": \(list(facts, indent: "  ")),
        "tables": \(list(tables, indent: "  "))
      }

      """
  }
}

extension DescribedTable {
  fileprivate var json: String {
    let names = columns.map(quoted).joined(separator: ", ")
    let rows = rows.map { row in
      "        [\(row.map(\.json).joined(separator: ", "))]"
    }
    return """
          {
            "name": \(quoted(name)),
            "columns": [\(names)],
            "rows": \(list(rows, indent: "      "))
          }
      """
  }
}

extension DescribedValue {
  var json: String {
    switch self {
    case .text(let text): quoted(text)
    case .number(let value):
      if let whole = Int(exactly: value) {
        "\(whole)"
      } else {
        value.isFinite ? "\(value)" : "null"
      }
    case .none: "null"
    }
  }
}

private func list(_ items: [String], indent: String) -> String {
  items.isEmpty ? "[]" : "[\n\(items.joined(separator: ",\n"))\n\(indent)]"
}

/// A JSON string; control characters, quotes and backslashes escaped.
func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    case _ where scalar.value < 0x20 || scalar.value == 0x7F:
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
