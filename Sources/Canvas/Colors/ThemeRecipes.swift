/// What a role is made of, for every tier and appearance.
struct ThemeRecipe {
  var dark: UInt32?
  var light: UInt32?
  /// Entry of the 16-colour palette; on light screens the dark eight are used.
  var sixteen: UInt8?
  var darkBackground: UInt32?
  var lightBackground: UInt32?
  var background16: UInt8?
  var attributes: CellAttributes = []
  /// Replaces ``attributes`` where there are no colours.
  var mono: CellAttributes?

  var monoAttributes: CellAttributes { mono ?? attributes }

  func foreground(_ appearance: Appearance) -> Color? {
    (appearance == .dark ? dark : light).map { Color(hex: $0) }
  }

  func background(_ appearance: Appearance) -> Color? {
    (appearance == .dark ? darkBackground : lightBackground).map { Color(hex: $0) }
  }

  func foreground16(_ appearance: Appearance) -> UInt8? {
    guard let sixteen, background16 == nil else { return sixteen }
    return appearance == .light && sixteen > 8 ? sixteen - 8 : sixteen
  }
}

enum ThemeRecipes {
  static func recipe(_ role: StyleRole) -> ThemeRecipe {
    recipes[role] ?? ThemeRecipe()
  }

  static let recipes: [StyleRole: ThemeRecipe] = [
    .title: ThemeRecipe(dark: 0xFFFFFF, light: 0x101010, attributes: .bold),
    .subtitle: ThemeRecipe(dark: 0xB8C0CC, light: 0x404852),
    .header: ThemeRecipe(dark: 0x9CC4E8, light: 0x1F4E79, sixteen: 14, attributes: .bold),
    .footer: ThemeRecipe(dark: 0xA0A8B4, light: 0x4A525C),
    .border: ThemeRecipe(dark: 0x6B7480, light: 0x8A929C, sixteen: 8, mono: []),
    .focusBorder: ThemeRecipe(
      dark: 0x7FD1FF, light: 0x005A9C, sixteen: 14, attributes: .bold),
    .edge: ThemeRecipe(dark: 0x8A94A0, light: 0x6A727C),
    .selection: ThemeRecipe(
      dark: 0xFFFFFF, light: 0x000000, sixteen: 15, darkBackground: 0x264F78,
      lightBackground: 0xBBD7F2, background16: 4, mono: .reverse),
    .cursor: ThemeRecipe(
      dark: 0x000000, light: 0xFFFFFF, sixteen: 0, darkBackground: 0xFFD75F,
      lightBackground: 0x005A9C, background16: 11, attributes: .bold, mono: [.reverse, .bold]),
    .label: ThemeRecipe(dark: 0xC4CBD4, light: 0x30363E),
    .value: ThemeRecipe(dark: 0xF0F2F5, light: 0x101010),
    .dim: ThemeRecipe(dark: 0x808893, light: 0x777F89, sixteen: 8, mono: .dim),
    .link: ThemeRecipe(dark: 0x7FB8FF, light: 0x0B57B0, sixteen: 12, attributes: .underline),
    .match: ThemeRecipe(
      dark: 0x000000, light: 0x000000, sixteen: 0, darkBackground: 0xE8C547,
      lightBackground: 0xFFE27A, background16: 3, mono: [.underline, .bold]),
    .good: ThemeRecipe(dark: 0x6CC5B0, light: 0x00695C, sixteen: 14),
    .warning: ThemeRecipe(dark: 0xF0C05A, light: 0x8A5A00, sixteen: 11, mono: .underline),
    .bad: ThemeRecipe(
      dark: 0xFF8A70, light: 0xA82A10, sixteen: 9, attributes: .bold, mono: [.bold, .underline]),
    .dead: ThemeRecipe(dark: 0x6B7077, light: 0x9AA0A8, sixteen: 8, mono: .dim),
    .excitatory: ThemeRecipe(dark: 0xFFA845, light: 0xA85800, sixteen: 11),
    .inhibitory: ThemeRecipe(dark: 0x5FB4FF, light: 0x0A58A8, sixteen: 12),
    .key: ThemeRecipe(dark: 0xFFD75F, light: 0x7A5200, sixteen: 11, attributes: .bold),
    .keyLabel: ThemeRecipe(dark: 0xB8C0CC, light: 0x404852),
    .progress: ThemeRecipe(dark: 0x7FD1FF, light: 0x005A9C, sixteen: 14),
    .progressTrack: ThemeRecipe(
      dark: 0x3A414A, light: 0xD0D6DC, darkBackground: 0x2A3038, lightBackground: 0xE2E7EC),
  ]
}
