/// Colours for values. All are readable with every common colour blindness.
package enum ColorRamp: String, Hashable, Sendable, CaseIterable {
  /// Sequential, 0…1. N. Smith and S. van der Walt, 2015 (matplotlib, CC0).
  case viridis
  /// Sequential, 0…1, the same to colour-blind eyes. J. Nuñez, C. Anderton, R. Renslow,
  /// "Optimizing colormaps with consideration for color vision deficiency", PLoS ONE 13(7), 2018.
  case cividis
  /// Sequential, 0…1, black to white.
  case grey
  /// Signed, -1…1: blue, dark at zero, orange.
  case blueOrangeDark
  /// Signed, -1…1: blue, light at zero, orange.
  case blueOrangeLight

  /// Whether values run from -1 rather than from 0.
  package var isSigned: Bool { self == .blueOrangeDark || self == .blueOrangeLight }

  /// The colour of a value; what lies outside the ramp is clamped.
  ///
  /// - Precondition: `value` is not NaN.
  package func color(at value: Double) -> Color {
    let share = isSigned ? (value + 1) / 2 : value
    let stops = RampStops.stops(of: self)
    let place = min(1, max(0, share)) * Double(stops.count - 1)
    let lower = min(Int(place), stops.count - 2)
    return Color(stops[lower], stops[lower + 1], mix: place - Double(lower))
  }
}

extension Color {
  /// From `0xRRGGBB`.
  package init(hex: UInt32) {
    self.init(
      UInt8(truncatingIfNeeded: hex >> 16), UInt8(truncatingIfNeeded: hex >> 8),
      UInt8(truncatingIfNeeded: hex))
  }

  /// `first` at mix 0, `second` at mix 1.
  package init(_ first: Color, _ second: Color, mix: Double) {
    func channel(_ a: UInt8, _ b: UInt8) -> UInt8 {
      UInt8((Double(a) + (Double(b) - Double(a)) * min(1, max(0, mix))).rounded())
    }
    self.init(
      channel(first.red, second.red), channel(first.green, second.green),
      channel(first.blue, second.blue))
  }

  /// Perceived brightness of the 8-bit values, 0…255 (ITU-R BT.601).
  package var luma: Double {
    0.299 * Double(red) + 0.587 * Double(green) + 0.114 * Double(blue)
  }

  /// Black or white, whichever is read better on this colour.
  package var readableText: Color { luma > 127 ? Color(0, 0, 0) : Color(255, 255, 255) }
}

private enum RampStops {
  static func stops(of ramp: ColorRamp) -> [Color] {
    switch ramp {
    case .viridis: viridis
    case .cividis: cividis
    case .grey: grey
    case .blueOrangeDark: blueOrangeDark
    case .blueOrangeLight: blueOrangeLight
    }
  }

  static let grey = colors([0x000000, 0xFFFFFF])
  static let blueOrangeDark = colors([0x6FC3FF, 0x2B7BC0, 0x161A20, 0xC0661A, 0xFFB84D])
  static let blueOrangeLight = colors([0x08519C, 0x6BAED6, 0xF7F7F7, 0xFDAE6B, 0xA63603])
  static let viridis = colors([
    0x440154, 0x470D60, 0x48186A, 0x482374, 0x472D7B, 0x453781, 0x424086, 0x3E4989, 0x3B528B,
    0x375B8D, 0x33638D, 0x2F6B8E, 0x2C728E, 0x297A8E, 0x26828E, 0x23898E, 0x21918C, 0x1F978B,
    0x1F9F88, 0x21A685, 0x27AD81, 0x31B57B, 0x3DBC74, 0x4CC26C, 0x5CC863, 0x6ECE58, 0x81D34D,
    0x95D840, 0xAADC32, 0xC0DF25, 0xD5E21A, 0xEAE51A, 0xFDE725,
  ])
  static let cividis = colors([
    0x00224E, 0x00285B, 0x002E6A, 0x053371, 0x1A386F, 0x273E6E, 0x32436D, 0x3B496C, 0x434E6C,
    0x4B546C, 0x535A6D, 0x5A5F6E, 0x61656F, 0x686A71, 0x6F7073, 0x767676, 0x7D7C78, 0x838179,
    0x8B8778, 0x928D78, 0x9A9376, 0xA29975, 0xAAA073, 0xB3A670, 0xBBAD6D, 0xC3B369, 0xCCBA64,
    0xD4C15F, 0xDDC858, 0xE6D051, 0xEFD748, 0xF8DF3C, 0xFEE838,
  ])

  private static func colors(_ values: [UInt32]) -> [Color] { values.map { Color(hex: $0) } }
}
