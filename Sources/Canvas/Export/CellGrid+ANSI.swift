extension CellGrid {
  /// The frame's glyphs, one line a row, without trailing blanks.
  package func text(glyphs: GlyphTier = .unicode) -> String {
    let frame = settled(glyphs: glyphs)
    var text = ""
    for row in 0..<height {
      text += frame.glyphLine(row, trimmed: true)
      text += "\n"
    }
    return text
  }

  /// The frame with the colours a tier has, as escape sequences (ECMA-48 SGR): no more of them
  /// than changes of style, and every line ends reset.
  package func ansi(tier: DisplayTier) -> String {
    let frame = settled(glyphs: tier.glyphs)
    var bytes: [UInt8] = []
    for row in 0..<height {
      var current = GraphicRendition()
      for column in 0..<frame.lastInk(row) {
        let cell = frame[row, column]
        guard cell.glyph != Cell.continuation else { continue }
        current.change(to: GraphicRendition(cell.style, tier.colors), writing: &bytes)
        bytes.append(
          contentsOf: Unicode.UTF8.encode(cell.glyph) ?? Unicode.UTF8.encodedReplacementCharacter)
      }
      current.change(to: GraphicRendition(), writing: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The glyphs of a row; right halves of wide glyphs are left out.
  func glyphLine(_ row: Int, trimmed: Bool) -> String {
    var line = ""
    for column in 0..<(trimmed ? lastInk(row, styled: false) : width) {
      let glyph = self[row, column].glyph
      if glyph != Cell.continuation { line.unicodeScalars.append(glyph) }
    }
    return line
  }

  /// Columns up to the last one that is not blank.
  func lastInk(_ row: Int, styled: Bool = true) -> Int {
    var end = width
    while end > 0 {
      let cell = self[row, end - 1]
      guard cell.glyph == " ", !styled || cell.style == .plain else { break }
      end -= 1
    }
    return end
  }
}
