import Canvas

/// Keys in words, blanks between them: `j enter ^d pgdn`, and `'layer3'` for letters at once.
/// From `#` to the end of a line is a remark.
struct KeyScript {
  /// A line with keys, and what the remark lines above it say.
  struct Step: Equatable {
    var caption: String
    var keys: [Key]
  }

  var steps: [Step]

  /// The keys of each line that has some.
  var lines: [[Key]] { steps.map(\.keys) }

  /// All keys, in order.
  var keys: [Key] { steps.flatMap(\.keys) }

  init(_ text: String) throws(CommandFailure) {
    steps = []
    var remarks: [Substring] = []
    for line in text.split(whereSeparator: \.isNewline) {
      var keys: [Key] = []
      for word in Self.words(line) { keys += try Self.keys(word) }
      if keys.isEmpty {
        let remark = line.drop { $0.isWhitespace || $0 == "#" }
        if !remark.isEmpty { remarks.append(remark) }
      } else {
        steps.append(Step(caption: remarks.joined(separator: " "), keys: keys))
        remarks = []
      }
    }
  }

  /// Words between blanks; a word that begins with a quote runs to the next one.
  private static func words(_ line: Substring) -> [Substring] {
    var words: [Substring] = []
    var rest = line.drop(while: \.isWhitespace)
    while let first = rest.first, first != "#" {
      var end = rest.firstIndex(where: \.isWhitespace) ?? rest.endIndex
      if first == "'", let quote = rest.dropFirst().firstIndex(of: "'") {
        end = rest.index(after: quote)
      }
      words.append(rest[..<end])
      rest = rest[end...].drop(while: \.isWhitespace)
    }
    return words
  }

  /// The one key that a word means; nil for words that mean none or several.
  static func key(_ word: some StringProtocol) -> Key? {
    if let key = named[word.lowercased()] { return key }
    let scalars = Array(word.unicodeScalars)
    if scalars.count == 1 { return .character(scalars[0]) }
    return scalars.count == 2 && scalars[0] == "^" ? .control(scalars[1]) : nil
  }

  private static func keys(_ word: Substring) throws(CommandFailure) -> [Key] {
    if let key = key(word) { return [key] }
    let scalars = Array(word.unicodeScalars)
    if scalars.count > 2, scalars.first == "'", scalars.last == "'" {
      return scalars.dropFirst().dropLast().map { .character($0) }
    }
    let known = named.keys.sorted().joined(separator: " ")
    throw CommandFailure(
      "“\(word)” is no key; write single letters, ^x, 'text', or one of: \(known).",
      status: ExitStatus.usage)
  }

  private static let named: [String: Key] = [
    "enter": .enter, "esc": .escape, "tab": .tab, "backtab": .backTab, "up": .up, "down": .down,
    "left": .left, "right": .right, "home": .home, "end": .end, "pgup": .pageUp,
    "pgdn": .pageDown, "space": .character(" "), "bs": .backspace, "backspace": .backspace,
    "del": .delete, "f1": .function(1), "f2": .function(2), "f3": .function(3),
    "f4": .function(4), "f5": .function(5), "f6": .function(6), "f7": .function(7),
    "f8": .function(8), "f9": .function(9), "f10": .function(10), "f11": .function(11),
    "f12": .function(12),
  ]
}
