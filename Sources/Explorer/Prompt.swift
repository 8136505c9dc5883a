/// A line being typed at the foot of the screen.
struct Prompt: Equatable, Sendable {
  enum Purpose: Sendable {
    case search, palette
    /// A letter for the place that shows.
    case setMark
    /// Marks and places visited, to lead to.
    case marks
  }

  var purpose: Purpose
  var text = ""
  /// Place among the suggestions.
  var choice = 0

  /// Longest text taken.
  static let lengthLimit = 200
}

extension ExplorerState {
  /// Commands of use here whose name holds what is typed; those that start with it first. Behind a blank
  /// stands the command's argument, so there the name has to be whole.
  func paletteMatches(_ text: String) -> [KeyBinding] {
    let (name, argument) = paletteParts(text)
    let query = name.lowercased()
    let usable = keymap.bindings.filter { offers($0) && $0.command != .palette }
    if argument != nil {
      return usable.filter { $0.command.rawValue == query && $0.command.argument != nil }
    }
    let first = usable.filter { $0.command.rawValue.hasPrefix(query) }
    let rest = usable.filter {
      !$0.command.rawValue.hasPrefix(query)
        && ($0.command.rawValue.contains(query) || $0.help.lowercased().contains(query))
    }
    return first + rest
  }
}

/// `recluster 8` is the command `recluster` with the argument `8`; nil without a blank.
func paletteParts(_ text: String) -> (name: String, argument: String?) {
  guard let blank = text.firstIndex(of: " ") else { return (text, nil) }
  let argument = text[text.index(after: blank)...].drop { $0 == " " }
  return (String(text[..<blank]), String(argument))
}
