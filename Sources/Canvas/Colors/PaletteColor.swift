/// A colour as a terminal of some tier is told it.
package enum TerminalColor: Hashable, Sendable {
  /// Entry of the 16- or 256-colour palette.
  case palette(UInt8)
  case direct(Color)
}

extension Color {
  /// The nearest colour a tier has; nil where there are none.
  package func matched(to tier: ColorTier) -> TerminalColor? {
    switch tier {
    case .truecolor: .direct(self)
    case .palette256: .palette(palette256)
    case .palette16: .palette(palette16)
    case .mono: nil
    }
  }

  /// The entry of the 256-colour palette that looks nearest, never one of the first 16, which
  /// people redefine. Squared distance weighted 2:4:3 for red, green and blue.
  ///
  /// - Complexity: O(1); the colour cube and the grey ramp are both solved in closed form.
  package var palette256: UInt8 {
    let levels = (
      PaletteLevels.cubeLevel(red), PaletteLevels.cubeLevel(green), PaletteLevels.cubeLevel(blue)
    )
    let cube = Color(
      PaletteLevels.cube[levels.0], PaletteLevels.cube[levels.1], PaletteLevels.cube[levels.2])
    let mean = (2 * Int(red) + 4 * Int(green) + 3 * Int(blue)) / 9
    let step = min(23, max(0, (mean - 3) / 10))
    let grey = UInt8(8 + 10 * step)
    if distance(to: Color(grey, grey, grey)) < distance(to: cube) { return UInt8(232 + step) }
    return UInt8(16 + 36 * levels.0 + 6 * levels.1 + levels.2)
  }

  /// The entry of the standard 16 colours that looks nearest.
  package var palette16: UInt8 {
    var best = 0
    for entry in 1..<16
    where distance(to: PaletteLevels.ansi[entry]) < distance(to: PaletteLevels.ansi[best]) {
      best = entry
    }
    return UInt8(best)
  }

  /// What an entry of the palette usually looks like (xterm's defaults).
  package init(palette entry: UInt8) {
    let index = Int(entry)
    if index < 16 {
      self = PaletteLevels.ansi[index]
    } else if index < 232 {
      let cube = index - 16
      self.init(
        PaletteLevels.cube[cube / 36], PaletteLevels.cube[cube / 6 % 6],
        PaletteLevels.cube[cube % 6])
    } else {
      let grey = UInt8(8 + 10 * (index - 232))
      self.init(grey, grey, grey)
    }
  }

  private func distance(to other: Color) -> Int {
    let (r, g, b) = (
      Int(red) - Int(other.red), Int(green) - Int(other.green), Int(blue) - Int(other.blue)
    )
    return 2 * r * r + 4 * g * g + 3 * b * b
  }
}

enum PaletteLevels {
  static let cube: [UInt8] = [0, 95, 135, 175, 215, 255]

  /// Index of the nearest level of ``cube``.
  static func cubeLevel(_ value: UInt8) -> Int {
    value < 48 ? 0 : value < 115 ? 1 : (Int(value) - 35) / 40
  }

  static let ansi: [Color] = [
    0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
    0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
  ].map { Color(hex: $0) }
}
