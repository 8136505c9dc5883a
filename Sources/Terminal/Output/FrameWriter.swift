import CNcurses
import Canvas

/// Gives ncurses the cells that changed since the last frame.
struct FrameWriter {
  private let colors: ColorNumbers
  private let tier: DisplayTier
  private var pairs: PairTable
  private var shown: CellGrid?
  /// Whether the last frame shows pictures coarsely, or pictures or edges not yet.
  private(set) var isUnfinished = false

  /// ncurses does not tell beforehand what a frame takes: up to so many times what it would take
  /// ``FramePainter``, for it tells the colours of text and ground one by one.
  private static let bytesForOne = 2

  init(colors: ColorNumbers, tier: DisplayTier, pairCount: Int) {
    self.colors = colors
    self.tier = tier
    pairs = PairTable(capacity: pairCount)
  }

  /// The screen no longer shows what it was given.
  mutating func forgetScreen() {
    shown = nil
    cn_forget_screen()
  }

  /// Shows a frame.
  ///
  /// - Parameter budget: Bytes beyond which new pictures are coarse; nil for none.
  /// - Returns: The time that writing took.
  mutating func present(_ frame: CellGrid, budget: Int?) -> Duration {
    var settled = frame.settled(glyphs: tier.glyphs)
    isUnfinished = false
    if let budget, let shown {
      var painter = FramePainter(tier: tier, showing: shown)
      _ = painter.paint(settled, budget: budget / Self.bytesForOne)
      isUnfinished = painter.isUnfinished
      settled = painter.shown ?? settled
    }
    if !write(settled, isLastTry: false) {
      // All pairs are given out; most belong to earlier frames.
      pairs.removeAll()
      reset_color_pairs()
      shown = nil
      _ = write(settled, isLastTry: true)
    }
    shown = settled
    return ContinuousClock().measure { unsafe wrefresh(cn_screen()) }
  }

  /// Returns false when there are too few pairs; on the last try such cells go without colour.
  private mutating func write(_ frame: CellGrid, isLastTry: Bool) -> Bool {
    let old = shown.flatMap { $0.height == frame.height && $0.width == frame.width ? $0 : nil }
    if old == nil { unsafe werase(cn_screen()) }
    for row in 0..<frame.height {
      for column in 0..<frame.width {
        let cell = frame[row, column]
        guard cell.glyph != Cell.continuation, cell != old?[row, column] ?? .blank else {
          continue
        }
        var (pair, attributes) = colors.pair(cell.style)
        var number = number(of: pair)
        if number == nil {
          guard isLastTry else { return false }
          if pair.background >= 0 { attributes.insert(.reverse) }
          pair = .plain
          number = 0
        }
        put(cell.glyph, row, column, attributes, number ?? 0)
      }
    }
    return true
  }

  private mutating func number(of pair: ColorPair) -> Int32? {
    guard let (number, isNew) = pairs.number(of: pair) else { return nil }
    if isNew { init_extended_pair(number, pair.foreground, pair.background) }
    return number
  }

  /// Puts a glyph, or `?` where the C library and our table disagree about its width: ncurses
  /// goes by the former, and a wrong guess would shift the rest of the row.
  private func put(
    _ glyph: Unicode.Scalar, _ row: Int, _ column: Int, _ attributes: CellAttributes,
    _ pair: Int32
  ) {
    let columns = glyph.cellWidth
    let isAgreed = glyph.isASCII || cn_columns(wchar_t(bitPattern: glyph.value)) == Int32(columns)
    for offset in 0..<(isAgreed ? 1 : columns) {
      let shown = isAgreed ? glyph.value : UInt32(UInt8(ascii: "?"))
      cn_put(
        Int32(row), Int32(column + offset), wchar_t(bitPattern: shown), mask(attributes), pair)
    }
  }

  private func mask(_ attributes: CellAttributes) -> UInt32 {
    var mask: UInt32 = 0
    if attributes.contains(.bold) { mask |= cn_bold() }
    if attributes.contains(.dim) { mask |= cn_dim() }
    if attributes.contains(.underline) { mask |= cn_underline() }
    if attributes.contains(.reverse) { mask |= cn_reverse() }
    return mask
  }
}
