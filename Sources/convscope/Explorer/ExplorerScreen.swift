import Canvas
import Terminal

/// A screen that tells when a signal asks the program to end.
protocol ExplorerScreen: Screen, ~Copyable {
  var pendingSignal: Int32? { get }
  /// Whether every key, not only a move, sends few bytes and pictures wait longer, and whether that was
  /// found out on the way.
  var savesBytes: Bool { get }
  var isFoundSlow: Bool { get }
  /// Whether the last frame shows pictures coarsely, or pictures or edges not yet.
  var isUnfinished: Bool { get }

  /// Whether an Esc came last that may begin another key.
  var mayBeEscape: Bool { get }

  /// Works out what a frame takes that may be the next one.
  mutating func foresee(_ frame: CellGrid)

  /// Shows a frame; not in full, it takes few bytes, and pictures may be coarse.
  mutating func present(_ frame: CellGrid, inFull: Bool)

  /// Offers text to the clipboard of whoever sits at the terminal.
  mutating func copy(_ text: String) -> ClipboardOutcome
}

extension NcursesTerminal: ExplorerScreen {}
