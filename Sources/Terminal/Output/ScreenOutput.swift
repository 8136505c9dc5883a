import CNcurses
import Canvas
import Glibc

/// How frames get to the terminal.
///
/// ncurses works a colour's sequence out anew for each cell: a screen of pictures takes it some
/// 190 million instructions, and ``FramePainter`` an eighth of that. Where colours are few,
/// or are told in ways of the terminal's own, ncurses draws.
enum ScreenOutput {
  case painter(FramePainter)
  case ncurses(FrameWriter)

  init(_ opened: OpenedScreen, drawsWithNcurses: Bool) {
    let tier = DisplayTier(colors: opened.colors.tier, glyphs: opened.glyphTier)
    self =
      tier.hasSmoothColors && !drawsWithNcurses
      ? .painter(FramePainter(tier: tier))
      : .ncurses(
        FrameWriter(colors: opened.colors, glyphs: opened.glyphTier, pairCount: opened.pairCount))
  }

  /// - Parameter budget: Bytes beyond which new pictures wait; nil for none.
  /// - Returns: Bytes written, 0 where ncurses wrote them.
  mutating func present(_ frame: CellGrid, budget: Int?) -> Int {
    switch self {
    case .painter(var painter):
      let bytes = painter.paint(frame, budget: budget)
      self = .painter(painter)
      writeToTerminal(bytes)
      return bytes.count
    case .ncurses(var writer):
      writer.present(frame)
      self = .ncurses(writer)
      return 0
    }
  }

  /// Has the next frame ready if it is this one.
  mutating func foresee(_ frame: CellGrid) {
    guard case .painter(var painter) = self else { return }
    painter.foresee(frame)
    self = .painter(painter)
  }

  /// Whether pictures were left out of the last frame.
  var isUnfinished: Bool {
    if case .painter(let painter) = self { painter.isUnfinished } else { false }
  }

  /// The screen no longer shows what it was given.
  mutating func forgetScreen() {
    switch self {
    case .painter(var painter):
      painter.forgetScreen()
      self = .painter(painter)
    case .ncurses(var writer):
      writer.forgetScreen()
      self = .ncurses(writer)
    }
  }
}

/// Writes bytes past ncurses, whose own are all sent by then.
func writeToTerminal(_ bytes: [UInt8]) {
  var rest = bytes[...]
  while !rest.isEmpty {
    let written = unsafe rest.withUnsafeBytes {
      unsafe write(STDOUT_FILENO, $0.baseAddress, $0.count)
    }
    if written < 0, errno == EINTR { continue }
    guard written > 0 else { return }
    rest = rest.dropFirst(written)
  }
}
