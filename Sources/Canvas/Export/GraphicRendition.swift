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

  /// Becomes `other`, writing the shorter of two sequences: one that undoes what is too much,
  /// or one that starts from nothing. None when they are the same.
  mutating func change(to other: GraphicRendition, writing bytes: inout [UInt8]) {
    guard self != other else { return }
    bytes += "\u{1B}[".utf8
    if isSubset(of: other) {
      writeAdding(other, &bytes)
    } else if other != GraphicRendition() {
      bytes += codes(undoingFor: other)
    }
    // Every code ends with a semicolon; the last becomes the end of the sequence.
    if bytes.last == UInt8(ascii: ";") { bytes.removeLast() }
    bytes.append(UInt8(ascii: "m"))
    self = other
  }

  /// Whether nothing has to be undone to become `other`.
  private func isSubset(of other: GraphicRendition) -> Bool {
    attributes.isSubset(of: other.attributes) && (foreground == nil || other.foreground != nil)
      && (background == nil || other.background != nil)
  }

  private func codes(undoingFor other: GraphicRendition) -> [UInt8] {
    var (change, anew): ([UInt8], [UInt8]) = ([], [])
    writeUndoing(other, &change)
    writeAdding(other, &change)
    writeNumber(0, &anew)
    GraphicRendition().writeAdding(other, &anew)
    return anew.count < change.count ? anew : change
  }

  private func writeUndoing(_ other: GraphicRendition, _ bytes: inout [UInt8]) {
    let removed = attributes.subtracting(other.attributes)
    if !removed.isDisjoint(with: [.bold, .dim]) { writeNumber(22, &bytes) }
    if removed.contains(.underline) { writeNumber(24, &bytes) }
    if removed.contains(.reverse) { writeNumber(27, &bytes) }
    if foreground != nil, other.foreground == nil { writeNumber(39, &bytes) }
    if background != nil, other.background == nil { writeNumber(49, &bytes) }
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
    if let color = other.foreground, color != foreground { color.write(30, &bytes) }
    if let color = other.background, color != background { color.write(40, &bytes) }
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
