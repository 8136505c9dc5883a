/// A screen as figures and tables: for reports, programs and screen readers.
package struct ScreenDescription: Hashable, Sendable {
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
}

/// A named figure in words.
package struct DescribedFact: Hashable, Sendable {
  package var name: String
  package var value: String
}

/// Rows of values under named columns.
package struct DescribedTable: Hashable, Sendable {
  package var name: String
  package var columns: [String]
  package var rows: [[DescribedValue]]
}

/// One entry of a table.
package enum DescribedValue: Hashable, Sendable {
  case text(String)
  case number(Double)
  case none

  /// A 32-bit value with the digits people write it with.
  init(_ value: Float) {
    self = .number(Double("\(value)") ?? .nan)
  }

  init(_ value: Int) {
    self = .number(Double(value))
  }
}
