/// A colour that a terminal is told, or its own, in one word: painting compares tens of thousands.
struct ColorCode: Hashable {
  /// 0 for the terminal's own; else the highest byte says what the rest is.
  private let word: UInt32

  private static let paletteMark: UInt32 = 1 << 24
  private static let directMark: UInt32 = 2 << 24

  static let own = ColorCode(nil)

  init(_ color: TerminalColor?) {
    switch color {
    case nil: word = 0
    case .palette(let entry): word = Self.paletteMark | UInt32(entry)
    case .direct(let color):
      word =
        Self.directMark | UInt32(color.red) << 16 | UInt32(color.green) << 8 | UInt32(color.blue)
    }
  }

  /// Writes the codes that choose it, each with a semicolon; it is not the terminal's own.
  ///
  /// - Parameter base: 30 for text, 40 for its background.
  func write(_ base: Int, _ bytes: inout [UInt8]) {
    let entry = Int(word & 0xFF)
    if word & Self.directMark != 0 {
      writeNumber(base + 8, &bytes)
      writeNumber(2, &bytes)
      writeNumber(Int(word >> 16 & 0xFF), &bytes)
      writeNumber(Int(word >> 8 & 0xFF), &bytes)
      writeNumber(entry, &bytes)
    } else if entry < 16 {
      writeNumber(entry < 8 ? base + entry : base + 52 + entry, &bytes)
    } else {
      writeNumber(base + 8, &bytes)
      writeNumber(5, &bytes)
      writeNumber(entry, &bytes)
    }
  }
}
