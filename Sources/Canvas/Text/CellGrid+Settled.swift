extension CellGrid {
  /// The frame as a terminal of the glyph tier can show it.
  ///
  /// Every way out of a grid passes here: glyphs that would steer the terminal are replaced,
  /// half-overwritten wide glyphs are blanked, and the ASCII tier gets look-alikes.
  ///
  /// - Complexity: O(cells).
  package func settled(glyphs tier: GlyphTier) -> CellGrid {
    var result = self
    for row in 0..<height {
      var column = 0
      while column < width {
        column += result.settle(row, column, tier)
      }
    }
    return result
  }

  /// Settles the glyph that starts at a cell; returns its columns.
  private mutating func settle(_ row: Int, _ column: Int, _ tier: GlyphTier) -> Int {
    let glyph = self[row, column].glyph
    if (0x20..<0x7F).contains(glyph.value) { return 1 }
    if tier == .unicode, glyph.isLineOrBlock || glyph.isSymbol { return 1 }
    if glyph == Cell.continuation {
      self[row, column].glyph = " "
      return 1
    }
    guard glyph.isSafe, glyph.cellWidth > 0 else {
      self[row, column].glyph = tier == .ascii ? "?" : .replacement
      return 1
    }
    let columns = glyph.cellWidth
    if columns == 2, column + 1 >= width || self[row, column + 1].glyph != Cell.continuation {
      self[row, column].glyph = " "
      return 1
    }
    if tier == .ascii {
      self[row, column].glyph = glyph.asciiLookAlike
      if columns == 2 { self[row, column + 1].glyph = " " }
    }
    return columns
  }
}
