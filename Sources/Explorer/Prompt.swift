/// A line being typed at the foot of the screen.
struct Prompt: Equatable, Sendable {
  enum Purpose: Sendable {
    case search, palette
  }

  var purpose: Purpose
  var text = ""
  /// Place among the suggestions.
  var choice = 0

  /// Longest text taken.
  static let lengthLimit = 200
}

/// Commands whose name holds what is typed; those that start with it first.
func paletteMatches(_ text: String, in view: ExplorerView) -> [KeyBinding] {
  let query = text.lowercased()
  let usable = Keymap.bindings.filter { $0.applies(in: view) && $0.command != .palette }
  let first = usable.filter { $0.command.rawValue.hasPrefix(query) }
  let rest = usable.filter {
    !$0.command.rawValue.hasPrefix(query)
      && ($0.command.rawValue.contains(query) || $0.help.lowercased().contains(query))
  }
  return first + rest
}
