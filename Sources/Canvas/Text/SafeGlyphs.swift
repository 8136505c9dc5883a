/// The glyphs that `text` shows, one scalar each, safe to send to a terminal.
///
/// Text from files is hostile: control characters and bidirectional overrides show as `�`, line
/// breaks and tabs as a space, invisible characters not at all. An accent written as a combining
/// mark joins its letter where Unicode has the pair as one scalar and is dropped elsewhere.
///
/// - Parameter width: Stops once the glyphs take more columns than this.
/// - Complexity: O(what is returned), whatever the length of `text`, except for the length of
///   a single grapheme cluster.
package func safeGlyphs(_ text: some StringProtocol, stoppingAbove width: Int = .max)
  -> [Unicode.Scalar]
{
  if let plain = plainGlyphs(text, stoppingAbove: width) { return plain }
  var glyphs: [Unicode.Scalar] = []
  var total = 0
  for character in text {
    guard let glyph = safeGlyph(character) else { continue }
    glyphs.append(glyph)
    total += glyph.cellWidth
    if total > width { break }
  }
  return glyphs
}

/// Columns that `text` takes when written.
///
/// - Complexity: O(length of `text`).
package func cellWidth(of text: some StringProtocol) -> Int {
  var count = 0
  for scalar in text.unicodeScalars {
    guard scalar.isPlain else { return safeGlyphs(text).reduce(0) { $0 + $1.cellWidth } }
    count += 1
  }
  return count
}

/// The same for text that is plain as far as it is looked at, as most is; nil for other.
private func plainGlyphs(
  _ text: some StringProtocol, stoppingAbove width: Int
) -> [Unicode.Scalar]? {
  var glyphs: [Unicode.Scalar] = []
  glyphs.reserveCapacity(min(text.utf8.count, width < .max ? width + 1 : .max))
  for scalar in text.unicodeScalars {
    // A mark behind the last letter would belong to it.
    guard scalar.isPlain else { return nil }
    if glyphs.count > width { break }
    glyphs.append(scalar)
  }
  return glyphs
}

extension Unicode.Scalar {
  /// Whether it is safe, takes one column and is a character of its own unless a mark follows: printable
  /// ASCII, Latin letters, dashes and dots, arrows, mathematical signs, lines and blocks.
  fileprivate var isPlain: Bool {
    switch value {
    case 0x20..<0x7F, 0xA1..<0xAD, 0xAE..<0x300: true
    default: isLineOrBlock || isSymbol
    }
  }

  /// Shown in place of what must not reach the terminal.
  package static let replacement: Unicode.Scalar = "\u{FFFD}"

  /// Whether a terminal shows it without being steered by it.
  var isSafe: Bool {
    if value < 0x300 { return !isC0OrC1 }
    if isLineOrBlock || isSymbol { return true }
    return !isBidiControl && properties.generalCategory != .unassigned
  }

  private var isBidiControl: Bool {
    switch value {
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}

private func safeGlyph(_ character: Character) -> Unicode.Scalar? {
  let scalars = character.unicodeScalars
  guard let first = scalars.first else { return nil }
  if (0x20..<0x7F).contains(first.value), scalars.count == 1 { return first }
  if character.isNewline || first == "\t" { return " " }
  guard first.isSafe else { return .replacement }
  guard let base = scalars.first(where: { $0.cellWidth > 0 }) else { return nil }
  guard scalars.count > 1 else { return base }
  return hangulSyllable(Array(scalars.prefix(3))) ?? Precomposed.table[character] ?? base
}

/// Conjoining letters as one syllable (Unicode Standard, section 3.12).
private func hangulSyllable(_ letters: [Unicode.Scalar]) -> Unicode.Scalar? {
  guard letters.count >= 2, (0x1100...0x1112).contains(letters[0].value),
    (0x1161...0x1175).contains(letters[1].value)
  else { return nil }
  var tail: UInt32 = 0
  if letters.count == 3, (0x11A8...0x11C2).contains(letters[2].value) {
    tail = letters[2].value - 0x11A7
  }
  return Unicode.Scalar(
    0xAC00 + ((letters[0].value - 0x1100) * 21 + letters[1].value - 0x1161) * 28 + tail)
}

private enum Precomposed {
  /// Letters with marks by their grapheme; `Character` compares by canonical equivalence, so
  /// the decomposed spelling finds the composed scalar.
  static let table: [Character: Unicode.Scalar] = {
    let blocks: [ClosedRange<UInt32>] = [
      0xC0...0x24F, 0x386...0x3CE, 0x400...0x4FF, 0x1E00...0x1EFF, 0x304C...0x30FE,
    ]
    var table: [Character: Unicode.Scalar] = [:]
    for scalar in blocks.joined().compactMap({ Unicode.Scalar($0) }) {
      table[Character(scalar)] = scalar
    }
    return table
  }()
}
