import Canvas

/// What can be asked of the run screen; what the explorer has as well is called the same there.
package enum RunCommand: String, Hashable, Sendable, CaseIterable {
  case moveUp = "up"
  case moveDown = "down"
  case moveLeft = "left"
  case moveRight = "right"
  case goIn = "in"
  case goOut = "out"
  case moveFirst = "first"
  case moveLast = "last"
  case pageUp = "page-up"
  case pageDown = "page-down"
  case open
  case nextFinding = "findings"
  case nextMeasure = "statistic"
  case previousMeasure = "previous-statistic"
  case switchScale = "scale"
  case readNotices = "notices"
  case help
  case back = "quit"
  case quitAtOnce = "quit!"
}

/// One row of the table that keys, footer and help of the run screen are made from.
package struct RunBinding: Sendable {
  var keys: [Key]
  var command: RunCommand
  var help: String
  /// A word for the footer; nil keeps it out.
  var short: String?
}

/// The one table of the run screen's keys.
package struct RunKeymap: Sendable {
  private(set) var bindings: [RunBinding]

  /// The keys as they come.
  package static let standard = RunKeymap(bindings: [
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
      help: "open layer or neuron at this checkpoint", short: "open"),
    RunBinding(
      keys: [.character("m"), .character("s"), .tab], command: .nextMeasure,
      help: "next value, such as norm or dead", short: "value"),
    RunBinding(
      keys: [.character("M"), .character("S"), .backTab], command: .previousMeasure,
      help: "value before"),
    RunBinding(
      keys: [.character("f")], command: .nextFinding,
      help: "to the next finding: where it shows", short: "finding"),
    RunBinding(
      keys: [.character("r")], command: .switchScale,
      help: "colours by each row's range, or by all's", short: "scale"),
    RunBinding(keys: [.character("g"), .home], command: .moveFirst, help: "to the first row"),
    RunBinding(keys: [.character("G"), .end], command: .moveLast, help: "to the last row"),
    RunBinding(
      keys: [.control("d"), .control("f"), .pageDown], command: .pageDown, help: "a page down"),
    RunBinding(
      keys: [.control("u"), .control("b"), .pageUp], command: .pageUp, help: "a page up"),
    RunBinding(
      keys: [.character("n")], command: .readNotices, help: "what was told at the start, again"),
    RunBinding(
      keys: [.character("?"), .function(1)], command: .help, help: "this help", short: "help"),
    RunBinding(
      keys: [.character("q")], command: .back, help: "back; at the top: quit", short: "quit"),
    RunBinding(keys: [.control("c")], command: .quitAtOnce, help: "quit at once"),
  ])

  package func command(for key: Key) -> RunCommand? {
    bindings.first { $0.keys.contains(key) }?.command
  }

  /// The same with a command on `key` alone, which means nothing else any more.
  package func binding(_ command: RunCommand, to key: Key) -> RunKeymap {
    var keymap = self
    for index in bindings.indices {
      if bindings[index].command == command {
        keymap.bindings[index].keys = [key]
      } else {
        keymap.bindings[index].keys.removeAll { $0 == key }
      }
    }
    return keymap
  }
}
