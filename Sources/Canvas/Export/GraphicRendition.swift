/// What a terminal has been told about the looks of what follows (ECMA-48, select graphic
/// rendition).
struct GraphicRendition: Hashable {
  var foreground: TerminalColor?
  var background: TerminalColor?
  var attributes: CellAttributes = []

  init() {}

  init(_ style: Style, _ tier: ColorTier) {
    foreground = style.foreground.flatMap { $0.matched(to: tier) }
    background = style.background.flatMap { $0.matched(to: tier) }
    attributes = style.attributes
  }

  /// Becomes `other`, writing the shortest sequence for it; none when they are the same.
  mutating func change(to other: GraphicRendition, writing bytes: inout [UInt8]) {
    guard self != other else { return }
    bytes.append(0x1B)
    bytes.append(UInt8(ascii: "["))
    if other == GraphicRendition() {
      bytes.append(UInt8(ascii: "0"))
    } else {
      writeCodes(to: other, &bytes)
      // Every code ends with a semicolon; the last becomes the end of the sequence.
      bytes.removeLast()
    }
    bytes.append(UInt8(ascii: "m"))
    self = other
  }

  private func writeCodes(to other: GraphicRendition, _ bytes: inout [UInt8]) {
    let drops =
      !attributes.isSubset(of: other.attributes) || (foreground != nil && other.foreground == nil)
      || (background != nil && other.background == nil)
    let base = drops ? GraphicRendition() : self
    if drops { writeNumber(0, &bytes) }
    let added = other.attributes.subtracting(base.attributes)
    if added.contains(.bold) { writeNumber(1, &bytes) }
    if added.contains(.dim) { writeNumber(2, &bytes) }
    if added.contains(.underline) { writeNumber(4, &bytes) }
    if added.contains(.reverse) { writeNumber(7, &bytes) }
    if let color = other.foreground, color != base.foreground { color.write(30, &bytes) }
    if let color = other.background, color != base.background { color.write(40, &bytes) }
  }
}

extension TerminalColor {
  /// - Parameter base: 30 for text, 40 for its background.
  fileprivate func write(_ base: Int, _ bytes: inout [UInt8]) {
    switch self {
    case .palette(let entry) where entry < 8: writeNumber(base + Int(entry), &bytes)
    case .palette(let entry) where entry < 16: writeNumber(base + 52 + Int(entry), &bytes)
    case .palette(let entry):
      writeNumber(base + 8, &bytes)
      writeNumber(5, &bytes)
      writeNumber(Int(entry), &bytes)
    case .direct(let color):
      writeNumber(base + 8, &bytes)
      writeNumber(2, &bytes)
      writeNumber(Int(color.red), &bytes)
      writeNumber(Int(color.green), &bytes)
      writeNumber(Int(color.blue), &bytes)
    }
  }
}

/// Decimal digits and a semicolon.
func writeNumber(_ value: Int, _ bytes: inout [UInt8]) {
  writeDigits(value, &bytes)
  bytes.append(UInt8(ascii: ";"))
}

/// A number of at most five digits.
func writeDigits(_ value: Int, _ bytes: inout [UInt8]) {
  var power =
    value >= 10_000 ? 10_000 : value >= 1000 ? 1000 : value >= 100 ? 100 : value >= 10 ? 10 : 1
  while power > 0 {
    bytes.append(UInt8(ascii: "0") + UInt8(value / power % 10))
    power /= 10
  }
}
