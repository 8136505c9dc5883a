import Canvas
import TestSupport
import Testing

@testable import Explorer

/// Both themes on all tiers of colours and glyphs.
struct ThemeFrameTests {
  static let screens = [
    "l l l", "2 l l l", "l l l enter l j l", "l l l enter enter enter", "c j l",
  ]

  private func shown(
    _ script: String, _ colors: ColorTier, _ glyphs: GlyphTier, _ appearance: Appearance
  ) -> CellGrid {
    let theme = Theme(
      tier: DisplayTier(colors: colors, glyphs: glyphs), appearance: appearance)
    return frame(settledState(theme: theme, after: script))
  }

  @Test(arguments: ColorTier.allCases, screens)
  func `a theme changes colours and, but in pictures, no glyph`(
    colors: ColorTier, script: String
  ) {
    let isText: (Cell) -> Bool = { !(0x2580...0x259F).contains($0.glyph.value) }
    let dark = shown(script, colors, .unicode, .dark)
    let light = shown(script, colors, .unicode, .light)
    let differing = zip(dark.cells, light.cells).count {
      isText($0) && isText($1) && $0.glyph != $1.glyph
    }
    #expect(differing == 0)
    #expect((dark == light) == (colors == .mono))
  }

  @Test(arguments: ColorTier.allCases, Appearance.allCases)
  func `without Unicode every glyph is ASCII`(colors: ColorTier, appearance: Appearance) {
    for script in Self.screens {
      let text = shown(script, colors, .ascii, appearance).text(glyphs: .ascii)
      #expect(text.unicodeScalars.allSatisfy { $0.isASCII }, "\(script)")
    }
  }

  @Test(arguments: Appearance.allCases)
  func `colours are of the tier`(appearance: Appearance) {
    for script in Self.screens {
      func codes(_ colors: ColorTier) -> String {
        shown(script, colors, .unicode, appearance)
          .ansi(tier: DisplayTier(colors: colors, glyphs: .unicode))
      }
      #expect(!codes(.mono).contains("38;") && !codes(.mono).contains("48;"))
      #expect(!codes(.palette16).contains("38;") && !codes(.palette16).contains("48;"))
      #expect(codes(.palette256).contains("38;5;") && !codes(.palette256).contains("38;2;"))
      #expect(codes(.truecolor).contains("38;2;") && !codes(.truecolor).contains("38;5;"))
    }
  }

  @Test(arguments: [
    ("network-features", "l l l"), ("layer", "l l l enter l j l"),
  ])
  func `the light theme as recorded`(name: String, script: String) {
    for (colors, glyphs) in [
      (ColorTier.truecolor, GlyphTier.unicode), (.palette256, .unicode), (.palette16, .unicode),
      (.palette16, .ascii),
    ] {
      let theme = Theme(tier: DisplayTier(colors: colors, glyphs: glyphs), appearance: .light)
      let grid = frame(settledState(theme: theme, after: script))
      expectFrame(grid, "\(name)-light-\(colors.rawValue)-\(glyphs.rawValue)-80x24", theme: theme)
    }
  }

  @Test(arguments: [
    (ColorTier.palette256, GlyphTier.unicode), (.truecolor, .ascii), (.mono, .unicode),
  ])
  func `the dark theme as recorded`(colors: ColorTier, glyphs: GlyphTier) {
    let theme = Theme(tier: DisplayTier(colors: colors, glyphs: glyphs))
    let grid = frame(settledState(theme: theme, after: "l l l enter l j l"))
    expectFrame(grid, "layer-\(colors.rawValue)-\(glyphs.rawValue)-80x24", theme: theme)
  }

  @Test func `the terminal's answer about its background changes the theme`() {
    var state = settledState()
    _ = update(&state, .appearanceFound(.light))
    #expect(state.context.theme.appearance == .light)
  }
}
