/// What a screen can show; pictures and heatmaps are drawn differently for each.
package struct DisplayTier: Hashable, Sendable {
  package var colors: ColorTier
  package var glyphs: GlyphTier

  package init(colors: ColorTier = .truecolor, glyphs: GlyphTier = .unicode) {
    self.colors = colors
    self.glyphs = glyphs
  }

  /// Whether a cell's background alone can carry a value.
  package var hasSmoothColors: Bool { colors == .truecolor || colors == .palette256 }
}

extension Screen where Self: ~Copyable {
  package var displayTier: DisplayTier { DisplayTier(colors: colorTier, glyphs: glyphTier) }
}
