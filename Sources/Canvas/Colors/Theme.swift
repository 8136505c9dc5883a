/// Whether a terminal's background is dark.
public enum Appearance: String, Hashable, Sendable, CaseIterable {
  case dark, light
}

/// How each ``StyleRole`` looks on a screen. Roles that stand side by side also differ in
/// lightness or attributes, so that neither colour blindness nor a mono screen hides them.
package struct Theme: Hashable, Sendable {
  package var tier: DisplayTier
  package var appearance: Appearance

  package init(tier: DisplayTier = DisplayTier(), appearance: Appearance = .dark) {
    self.tier = tier
    self.appearance = appearance
  }

  /// The style of a role.
  package subscript(role: StyleRole) -> Style {
    let recipe = ThemeRecipes.recipe(role)
    switch tier.colors {
    case .mono: return Style(attributes: recipe.monoAttributes)
    case .palette16:
      return Style(
        foreground: recipe.foreground16(appearance).map { Color(palette: $0) },
        background: recipe.background16.map { Color(palette: $0) },
        attributes: recipe.attributes)
    case .palette256, .truecolor:
      return Style(
        foreground: recipe.foreground(appearance), background: recipe.background(appearance),
        attributes: recipe.attributes)
    }
  }

  /// For values from 0.
  package var dataRamp: ColorRamp { .viridis }

  /// For values with a sign.
  package var signedRamp: ColorRamp {
    appearance == .dark ? .blueOrangeDark : .blueOrangeLight
  }

  /// A style for the `index`-th of a few categories, such as clusters or classes; repeats after
  /// seven. Colours of M. Okabe and K. Ito, "Color Universal Design", 2008.
  package func category(_ index: Int) -> Style {
    guard tier.colors != .mono else { return .plain }
    let place = ((index % 7) + 7) % 7
    if tier.colors == .palette16 {
      let entries: [UInt8] = [11, 14, 10, 12, 13, 3, 6]
      return Style(foreground: Color(palette: entries[place]))
    }
    let colors: [UInt32] = [
      0xE69F00, 0x56B4E9, 0x009E73, 0xF0E442, 0x0072B2, 0xD55E00, 0xCC79A7,
    ]
    let color = Color(hex: colors[place])
    let black = Color(0, 0, 0)
    return Style(foreground: appearance == .dark ? color : Color(color, black, mix: 0.35))
  }

  /// Line style of edges by the sign of their weight, told apart without colour.
  package func edgeLine(isExcitatory: Bool) -> LineStyle { isExcitatory ? .light : .dashed }
}
