import CNcurses
import Canvas
import Glibc

/// How frames get to the terminal.
///
/// ncurses works a colour's sequence out anew for each cell: a screen of pictures takes it some
/// 190 million instructions, and ``FramePainter`` an eighth of that. Where a terminal has few
/// colours, or is told them in ways of its own, ncurses draws.
enum ScreenOutput {
  case painter(FramePainter)
  case ncurses(FrameWriter)

  init(_ opened: OpenedScreen, drawsWithNcurses: Bool, erasesInColor: Bool) {
    let tier = DisplayTier(colors: opened.colors.tier, glyphs: opened.glyphTier)
    self =
      (tier.hasSmoothColors || opened.colors.count >= 256) && !drawsWithNcurses
      ? .painter(FramePainter(tier: tier, erasesInColor: erasesInColor))
      : .ncurses(FrameWriter(colors: opened.colors, tier: tier, pairCount: opened.pairCount))
  }

  /// - Parameter budget: Bytes beyond which new pictures are coarse; nil for none.
  /// - Returns: Bytes written, 0 where ncurses does not tell, and the time that writing took.
  mutating func present(_ frame: CellGrid, budget: Int?) -> (bytes: Int, writing: Duration) {
    switch self {
    case .painter(var painter):
      let bytes = painter.paint(frame, budget: budget)
      self = .painter(painter)
      let writing = ContinuousClock().measure { writeToTerminal(bytes) }
      return (bytes.count, writing)
    case .ncurses(var writer):
      let writing = writer.present(frame, budget: budget)
      self = .ncurses(writer)
      return (0, writing)
    }
  }

  /// Has the next frame ready if it is this one.
  mutating func foresee(_ frame: CellGrid) {
    guard case .painter(var painter) = self else { return }
    painter.foresee(frame)
    self = .painter(painter)
  }

  /// Whether the last frame shows pictures coarsely, or pictures or edges not yet.
  var isUnfinished: Bool {
    switch self {
    case .painter(let painter): painter.isUnfinished
    case .ncurses(let writer): writer.isUnfinished
    }
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
