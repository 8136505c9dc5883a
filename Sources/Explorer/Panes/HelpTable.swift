import Canvas

/// Keys, their commands and what these do, over the screen; help that is too long for a line goes on in
/// the next.
struct HelpTable {
  struct Row {
    var keys: String
    var command: String
    var help: String
  }

  /// What keys do that never reach a screen.
  static let takenByTerminal = [
    Row(keys: keyName(.control("l")), command: "", help: "paint the screen anew"),
    Row(keys: keyName(.control("z")), command: "", help: "to the shell; fg comes back"),
  ]

  /// Lines of text, those after a row's first without its key.
  let lines: [Row]
  private let area: CellRect
  /// Cells of keys and of commands.
  private let keysWidth: Int
  private let commandWidth: Int

  init(_ rows: [Row], on screen: CellRect) {
    keysWidth = rows.map { cellWidth(of: $0.keys) }.max() ?? 0
    commandWidth = rows.map { cellWidth(of: $0.command) }.max() ?? 0
    // Frame, a blank at each side, and one after each column.
    let beside = keysWidth + commandWidth + 6
    let longest = rows.map { cellWidth(of: $0.help) }.max() ?? 0
    let width = min(beside + longest, screen.width - 2)
    lines = rows.flatMap { row in
      wrapped(row.help, to: max(1, width - beside)).enumerated().map { place, text in
        place == 0
          ? Row(keys: row.keys, command: row.command, help: text)
          : Row(keys: "", command: "", help: text)
      }
    }
    let height = min(lines.count + 2, screen.height - 2)
    area = CellRect(
      row: max(0, (screen.height - height) / 2), column: max(0, (screen.width - width) / 2),
      height: height, width: width)
  }

  /// Lines shown at a time.
  private var visible: Int { max(0, area.height - 2) }

  /// The nearest line that may come first.
  func first(near line: Int) -> Int { max(0, min(line, lines.count - visible)) }

  /// The line that comes first after a command that moves; nil for any other.
  func first(after command: Command?, from line: Int) -> Int? {
    let page = max(1, visible - 2)
    switch command {
    case .moveDown: return first(near: line + 1)
    case .moveUp: return first(near: line - 1)
    case .pageDown: return first(near: line + page)
    case .pageUp: return first(near: line - page)
    case .moveFirst: return 0
    case .moveLast: return first(near: lines.count)
    default: return nil
    }
  }

  /// - Parameter note: Stands below where all lines fit.
  func draw(from line: Int, title: String, note: String, on surface: inout Surface) {
    surface.fill(area)
    let start = first(near: line)
    let rest = lines.count - start - visible
    let inner = surface.box(
      area, title: title, badge: "Esc closes",
      footnote: rest > 0 ? "\(rest) more, j and k move" : note, isFocused: true)
    for (offset, line) in lines.dropFirst(start).prefix(visible).enumerated() {
      let row = inner.row + offset
      var column = inner.column + 1
      surface.text(line.keys, row, column, .key, width: keysWidth)
      column += keysWidth + 1
      surface.text(line.command, row, column, .value, width: commandWidth)
      column += commandWidth + 1
      surface.text(line.help, row, column, .label, width: max(0, inner.endColumn - column))
    }
  }
}
