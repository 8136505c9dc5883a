/// What a terminal has been told about the looks of what follows (ECMA-48, select graphic
/// rendition).
struct GraphicRendition: Hashable {
  var foreground = ColorCode.own
  var background = ColorCode.own
  var attributes: CellAttributes = []

  init() {}

  init(_ style: Style, _ tier: ColorTier) {
    foreground = ColorCode(style.foreground.flatMap { $0.matched(to: tier) })
    background = ColorCode(style.background.flatMap { $0.matched(to: tier) })
    attributes = style.attributes
  }

  /// Becomes `other`, writing the shorter of two sequences: one that undoes what is too much,
  /// or one that starts from nothing. None when they are the same.
  mutating func change(to other: GraphicRendition, writing bytes: inout [UInt8]) {
    guard self != other else { return }
    beginSequence(&bytes)
    if isSubset(of: other) {
      writeAdding(other, &bytes)
    } else if other != GraphicRendition() {
      writeChange(to: other, &bytes)
    }
    // Every code ends with a semicolon; the last becomes the end of the sequence.
    if bytes.last == UInt8(ascii: ";") { bytes.removeLast() }
    bytes.append(UInt8(ascii: "m"))
    self = other
  }

  /// Whether nothing has to be undone to become `other`.
  private func isSubset(of other: GraphicRendition) -> Bool {
    attributes.isSubset(of: other.attributes)
      && (foreground == .own || other.foreground != .own)
      && (background == .own || other.background != .own)
  }

  private func writeChange(to other: GraphicRendition, _ bytes: inout [UInt8]) {
    let start = bytes.count
    writeUndoing(other, &bytes)
    writeAdding(other, &bytes)
    let change = start..<bytes.count
    writeNumber(0, &bytes)
    GraphicRendition().writeAdding(other, &bytes)
    let anew = change.upperBound..<bytes.count
    bytes.removeSubrange(anew.count < change.count ? change : anew)
  }

  private func writeUndoing(_ other: GraphicRendition, _ bytes: inout [UInt8]) {
    let removed = attributes.subtracting(other.attributes)
    if !removed.isDisjoint(with: [.bold, .dim]) { writeNumber(22, &bytes) }
    if removed.contains(.underline) { writeNumber(24, &bytes) }
    if removed.contains(.reverse) { writeNumber(27, &bytes) }
    if foreground != .own, other.foreground == .own { writeNumber(39, &bytes) }
    if background != .own, other.background == .own { writeNumber(49, &bytes) }
  }

  private func writeAdding(_ other: GraphicRendition, _ bytes: inout [UInt8]) {
    var kept = attributes.intersection(other.attributes)
    // Bold and dim are undone together.
    if kept != attributes, !attributes.subtracting(kept).isDisjoint(with: [.bold, .dim]) {
      kept.subtract([.bold, .dim])
    }
    let added = other.attributes.subtracting(kept)
    if added.contains(.bold) { writeNumber(1, &bytes) }
    if added.contains(.dim) { writeNumber(2, &bytes) }
    if added.contains(.underline) { writeNumber(4, &bytes) }
    if added.contains(.reverse) { writeNumber(7, &bytes) }
    if other.foreground != .own, other.foreground != foreground {
      other.foreground.write(30, &bytes)
    }
    if other.background != .own, other.background != background {
      other.background.write(40, &bytes)
    }
  }
}

/// ECMA-48's control sequence introducer.
func beginSequence(_ bytes: inout [UInt8]) {
  bytes.append(0x1B)
  bytes.append(UInt8(ascii: "["))
}

/// Decimal digits and a semicolon.
func writeNumber(_ value: Int, _ bytes: inout [UInt8]) {
  writeDigits(value, &bytes)
  bytes.append(UInt8(ascii: ";"))
}

/// A number of at most five digits.
func writeDigits(_ value: Int, _ bytes: inout [UInt8]) {
  let number = UInt32(truncatingIfNeeded: value)
  if number >= 10_000 { bytes.append(digit(number / 10_000)) }
  if number >= 1000 { bytes.append(digit(number / 1000)) }
  if number >= 100 { bytes.append(digit(number / 100)) }
  if number >= 10 { bytes.append(digit(number / 10)) }
  bytes.append(digit(number))
}

/// The last digit of a number.
private func digit(_ number: UInt32) -> UInt8 {
  UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10)
}
