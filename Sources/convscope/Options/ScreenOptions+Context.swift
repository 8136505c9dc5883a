import Canvas
import Explorer

extension ScreenOptions {
  /// Without a terminal: full colours and glyphs unless asked for less.
  func context(size: ScreenSize) -> RenderContext {
    RenderContext(size: size, theme: Theme(tier: printedTier, appearance: theme ?? .dark))
  }

  /// Colours and glyphs of a frame that is printed.
  var printedTier: DisplayTier {
    DisplayTier(colors: color ?? .truecolor, glyphs: glyphTier ?? .unicode)
  }
}
