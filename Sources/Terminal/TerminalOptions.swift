import Canvas

/// What the user asked for on the command line.
package struct TerminalOptions: Hashable, Sendable {
  /// Nil finds out.
  package var colors: ColorTier?
  package var glyphs: GlyphTier?
  /// Whether clicks and the wheel come as keys. Selecting text then takes Shift.
  package var usesMouse: Bool

  /// Milliseconds that a lone Esc waits for the rest of a key's sequence.
  package var escapeWait = 5
  /// Waits that make sense.
  package static let escapeWaits = 0...1000

  /// Whether the terminal is asked how its background is; the answer comes as a key.
  package var asksForBackground = false

  /// The most colours to use where ``colors`` leaves that open.
  package var mostColors: ColorTier?

  /// Whether pictures wait after every key, and longer; nil when frames turn out to be stuck in writing.
  package var savesBytes: Bool?

  /// Whether ncurses draws even where ``FramePainter`` is faster; to compare the two.
  package var drawsWithNcurses = false

  package init(colors: ColorTier? = nil, glyphs: GlyphTier? = nil, usesMouse: Bool = true) {
    self.colors = colors
    self.glyphs = glyphs
    self.usesMouse = usesMouse
  }
}
