import Canvas
import Explorer
import Terminal

extension ScreenOptions {
  /// What a terminal can show, as the explorer takes it.
  func context(of screen: borrowing NcursesTerminal) -> RenderContext {
    let tier = DisplayTier(colors: screen.colorTier, glyphs: screen.glyphTier)
    return RenderContext(size: screen.size, theme: Theme(tier: tier, appearance: theme))
  }

  /// Without a terminal: full colours and glyphs unless asked for less.
  func context(size: ScreenSize) -> RenderContext {
    RenderContext(size: size, theme: Theme(tier: printedTier, appearance: theme))
  }

  /// Colours and glyphs of a frame that is printed.
  var printedTier: DisplayTier {
    DisplayTier(colors: color ?? .truecolor, glyphs: glyphTier ?? .unicode)
  }
}
