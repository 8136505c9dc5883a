import Canvas
import Explorer
import ModelFiles
import Tensors

/// Writes lines for screen readers: no control characters, no colours, no cursor movement.
struct LineWriter {
  /// Glyphs beyond ASCII become look-alikes where the locale has none.
  let glyphs: GlyphTier
  private let write: (String) -> Void
  /// Rows of tables that are still to be read, as lines.
  private var rest: ArraySlice<String> = []

  private static let knownFacts: Set = ["model", "data", "rests on", "top-1"]
  /// Lines read at once.
  private static let page = 30

  init(glyphs: GlyphTier, write: @escaping (String) -> Void) {
    self.glyphs = glyphs
    self.write = write
  }

  func say(_ line: String) {
    let safe = printable(line, limit: 4000)
    write((glyphs == .ascii ? plainASCII(safe) : safe) + "\n")
  }

  /// Title and facts of a screen, and what tables it has; what every screen rests on is said at
  /// the start and by `status`.
  func introduce(_ description: ScreenDescription) {
    say(description.title)
    for fact in description.facts where !Self.knownFacts.contains(fact.name) {
      say(fact.name.isEmpty ? fact.value : "\(fact.name): \(fact.value)")
    }
    for table in description.tables {
      say("table \(table.name): \(NumberText.counted(table.rows.count, "row")); “read” reads it")
    }
  }

  /// The whole screen, as far as one page goes.
  mutating func read(_ description: ScreenDescription) {
    rest =
      description.text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)[...]
    more()
  }

  /// The next page.
  mutating func more() {
    guard !rest.isEmpty else { return say("there is no more to read") }
    for line in rest.prefix(Self.page) { say(line) }
    rest = rest.dropFirst(Self.page)
    if !rest.isEmpty { say("\(rest.count) more lines: more") }
  }

  /// What can be asked on a screen.
  func help(_ bindings: [KeyBinding]) {
    say("A line is a command by name, /TEXT to search, or keys with blanks between.")
    say("An empty line says where the cursor is. Also: read, more, status, wait, help.")
    for binding in bindings {
      let keys = binding.keyNames.isEmpty ? "" : " (\(binding.keyNames))"
      say("\(binding.usage)\(keys): \(binding.help)")
    }
  }
}

/// A line with look-alikes for what ASCII lacks.
private func plainASCII(_ line: String) -> String {
  let width = max(1, cellWidth(of: line))
  var grid = CellGrid(height: 1, width: width)
  grid.write(line, row: 0, column: 0, style: .plain)
  return grid.text(glyphs: .ascii).split(separator: "\n").first.map(String.init) ?? ""
}
