import FoundationEssentials

/// A screen as figures and tables: for reports, programs and screen readers.
package struct ScreenDescription: Hashable, Sendable, Codable {
  /// Of this form; grows when a field changes its meaning.
  package var version = 1
  package var view: String
  package var title: String
  package var facts: [DescribedFact]
  package var tables: [DescribedTable]

  init(view: String, title: String, facts: [DescribedFact], tables: [DescribedTable]) {
    self.view = view
    self.title = title
    self.facts = facts
    self.tables = tables
  }

  /// Stable JSON: keys sorted, numbers that are not finite as null.
  package func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }
}

/// A named figure in words.
package struct DescribedFact: Hashable, Sendable, Codable {
  package var name: String
  package var value: String
}

/// Rows of values under named columns.
package struct DescribedTable: Hashable, Sendable, Codable {
  package var name: String
  package var columns: [String]
  package var rows: [[DescribedValue]]
}

/// One entry of a table.
package enum DescribedValue: Hashable, Sendable, Codable {
  case text(String)
  case number(Double)
  case none

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .number(let value) where value.isFinite:
      if let whole = Int(exactly: value) {
        try container.encode(whole)
      } else {
        try container.encode(value)
      }
    case .number, .none: try container.encodeNil()
    }
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .none
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else {
      self = .text(try container.decode(String.self))
    }
  }

  /// A 32-bit value with the digits people write it with.
  init(_ value: Float) {
    self = .number(Double("\(value)") ?? .nan)
  }

  init(_ value: Int) {
    self = .number(Double(value))
  }
}
