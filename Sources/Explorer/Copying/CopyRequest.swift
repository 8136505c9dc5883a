/// Text that leaves the explorer; it holds no control characters but tabs and line feeds.
package struct CopyRequest: Hashable, Sendable {
  package var text: String
  /// What it is, for the message: `conv1:B`, `the table, 20 rows`.
  package var title: String
  /// The file to write; nil for the clipboard of whoever sits at the terminal.
  package var path: String?

  package init(text: String, title: String) {
    self.text = text
    self.title = title
  }
}

/// What of the screen is copied.
enum CopyPart: String, CaseIterable {
  case address, row, table
}
