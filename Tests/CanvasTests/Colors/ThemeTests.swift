import Canvas
import Testing

@Suite struct ThemeTests {
  static let tiers = ColorTier.allCases

  @Test(arguments: tiers, Appearance.allCases)
  func `what must be told apart is told apart`(colors: ColorTier, appearance: Appearance) {
    let theme = Theme(tier: DisplayTier(colors: colors), appearance: appearance)
    let pairs: [(StyleRole, StyleRole)] = [
      (.selection, .value), (.cursor, .selection), (.match, .value), (.border, .focusBorder),
      (.bad, .good), (.bad, .value), (.warning, .value), (.key, .keyLabel), (.dead, .value),
    ]
    for (first, second) in pairs { #expect(theme[first] != theme[second], "\(first) \(second)") }
    if colors == .mono {
      for role in StyleRole.allCases {
        #expect(theme[role].foreground == nil && theme[role].background == nil)
      }
    }
  }

  @Test(arguments: Appearance.allCases)
  func `signs differ in more than hue`(appearance: Appearance) {
    let theme = Theme(appearance: appearance)
    #expect(theme.edgeLine(isExcitatory: true) != theme.edgeLine(isExcitatory: false))
    let good = theme[.good].foreground
    let bad = theme[.bad]
    #expect(good != bad.foreground && bad.attributes.contains(.bold))
  }

  @Test(arguments: Appearance.allCases)
  func `text is read on its background`(appearance: Appearance) {
    let theme = Theme(appearance: appearance)
    let paper = appearance == .dark ? Color(0, 0, 0) : Color(255, 255, 255)
    for role in StyleRole.allCases where role != .progressTrack {
      let style = theme[role]
      let contrast = abs((style.foreground ?? paper).luma - (style.background ?? paper).luma)
      #expect(contrast > 85, "\(role)")
    }
  }
}
