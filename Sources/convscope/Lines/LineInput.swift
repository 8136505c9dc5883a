import Canvas
import Explorer

/// What a typed line asks for.
enum LineInput: Equatable {
  /// Say again where the cursor is.
  case whereAmI
  /// The whole screen in words, so many rows of each table.
  case read
  /// More rows of the table that was cut.
  case more
  /// The commands of this screen.
  case help
  /// Model, data, how many images.
  case status
  /// Take no further lines until what was asked for is done.
  case wait
  /// A command by its name, and what stands behind it.
  case command(String)
  case search(String)
  case keys([Key])
  case unknown(String)

  /// A blank line; a word of this list; the name of a command, with or without `:`; `/` and what to
  /// look for; else keys, as scripts write them.
  init(_ line: String) {
    let text = String(line.prefix(Self.limit))
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    guard let first = words.first else {
      self = .whereAmI
      return
    }
    switch (first, words.count) {
    case ("read", 1): self = .read
    case ("more", 1): self = .more
    case ("help", 1), ("?", 1): self = .help
    case ("status", 1): self = .status
    case ("wait", 1): self = .wait
    default: self = Self.action(words, first)
    }
  }

  /// Characters of a line that are looked at.
  private static let limit = 1000

  private static func action(_ words: [String], _ first: String) -> LineInput {
    let line = words.joined(separator: " ")
    if first.hasPrefix("/") {
      return .search(String(line.dropFirst()).drop { $0 == " " }.description)
    }
    if first.hasPrefix(":") {
      return .command(String(line.dropFirst()).drop { $0 == " " }.description)
    }
    if Command(rawValue: first) != nil { return .command(line) }
    do {
      return .keys(try KeyScript(line).keys)
    } catch {
      return .unknown(first)
    }
  }
}
