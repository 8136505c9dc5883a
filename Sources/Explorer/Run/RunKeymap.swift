import Canvas

/// What can be asked of the run screen.
enum RunCommand: Hashable, Sendable {
  case moveUp, moveDown, moveLeft, moveRight, goIn, goOut, moveFirst, moveLast, pageUp, pageDown
  case open, nextFinding
  case nextMeasure, previousMeasure, switchScale, help, back, quitAtOnce
}

/// One row of the table that keys, footer and help of the run screen are made from.
struct RunBinding: Sendable {
  var keys: [Key]
  var command: RunCommand
  var help: String
  /// A word for the footer; nil keeps it out.
  var short: String?
}

/// The one table of the run screen's keys.
enum RunKeymap {
  static let bindings = [
    RunBinding(
      keys: [.character("j"), .down], command: .moveDown, help: "next layer or neuron"),
    RunBinding(
      keys: [.character("k"), .up], command: .moveUp, help: "layer or neuron before"),
    RunBinding(
      keys: [.character("l"), .right], command: .moveRight, help: "later checkpoint"),
    RunBinding(
      keys: [.character("h"), .left], command: .moveLeft, help: "earlier checkpoint"),
    RunBinding(
      keys: [.enter], command: .goIn, help: "in: layer, neurons, one neuron, its screen",
      short: "in"),
    RunBinding(
      keys: [.escape, .backspace], command: .goOut, help: "out: one level up", short: "out"),
    RunBinding(
      keys: [.character("o")], command: .open,
      help: "open the layer or neuron at this checkpoint", short: "open"),
    RunBinding(
      keys: [.character("m"), .character("s"), .tab], command: .nextMeasure,
      help: "next value: change, norm, dead, mean, silent", short: "value"),
    RunBinding(
      keys: [.character("M"), .character("S"), .backTab], command: .previousMeasure,
      help: "value before"),
    RunBinding(
      keys: [.character("f")], command: .nextFinding,
      help: "to the next finding: where it shows", short: "finding"),
    RunBinding(
      keys: [.character("r")], command: .switchScale,
      help: "colours by each row's range, or by that of all", short: "scale"),
    RunBinding(keys: [.character("g"), .home], command: .moveFirst, help: "to the first row"),
    RunBinding(keys: [.character("G"), .end], command: .moveLast, help: "to the last row"),
    RunBinding(
      keys: [.control("d"), .control("f"), .pageDown], command: .pageDown, help: "a page down"),
    RunBinding(
      keys: [.control("u"), .control("b"), .pageUp], command: .pageUp, help: "a page up"),
    RunBinding(
      keys: [.character("?"), .function(1)], command: .help, help: "this help", short: "help"),
    RunBinding(
      keys: [.character("q")], command: .back, help: "back; at the top: quit", short: "quit"),
    RunBinding(keys: [.control("c")], command: .quitAtOnce, help: "quit at once"),
  ]

  static func command(for key: Key) -> RunCommand? {
    bindings.first { $0.keys.contains(key) }?.command
  }
}
