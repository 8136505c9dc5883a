/// How thick a line is drawn.
package enum LineWeight: UInt8, Hashable, Sendable, CaseIterable {
  case light = 1
  case heavy = 2
  case double = 3
}

/// How a line is drawn; told apart without colour.
package struct LineStyle: Hashable, Sendable {
  package var weight: LineWeight
  /// Straight runs are broken; joins and corners are solid. Double lines are never dashed.
  package var isDashed: Bool

  package init(_ weight: LineWeight = .light, dashed: Bool = false) {
    self.weight = weight
    isDashed = dashed
  }

  package static let light = LineStyle(.light)
  package static let heavy = LineStyle(.heavy)
  package static let double = LineStyle(.double)
  package static let dashed = LineStyle(.light, dashed: true)
}

/// The four half lines that meet in a cell.
struct LineArms: Hashable {
  var up: LineWeight?
  var right: LineWeight?
  var down: LineWeight?
  var left: LineWeight?

  /// Without weight where the arguments are false.
  init(
    up: Bool = false, right: Bool = false, down: Bool = false, left: Bool = false,
    _ weight: LineWeight
  ) {
    self.up = up ? weight : nil
    self.right = right ? weight : nil
    self.down = down ? weight : nil
    self.left = left ? weight : nil
  }

  /// The arms of a box-drawing glyph; nil for any other.
  init?(glyph: Unicode.Scalar) {
    guard LineGlyphs.block.contains(glyph.value),
      let arms = LineGlyphs.arms[Int(glyph.value - LineGlyphs.block.lowerBound)]
    else { return nil }
    self = arms
  }

  /// A number of its own, below ``LineGlyphs/codeCount``.
  fileprivate var code: Int {
    func bits(_ arm: LineWeight?) -> Int { Int(arm?.rawValue ?? 0) }
    return bits(up) << 6 | bits(right) << 4 | bits(down) << 2 | bits(left)
  }

  var isHorizontal: Bool { up == nil && down == nil }
  var isVertical: Bool { left == nil && right == nil }

  /// These arms, with those of `newer` drawn over them.
  func overlaid(by newer: LineArms) -> LineArms {
    var result = self
    result.up = newer.up ?? up
    result.right = newer.right ?? right
    result.down = newer.down ?? down
    result.left = newer.left ?? left
    return result
  }

  /// The glyph with these arms. Unicode lacks most mixes with double lines: then `weight` takes
  /// all arms, and a single double arm becomes a whole line.
  func glyph(preferring weight: LineWeight) -> Unicode.Scalar {
    if let exact = LineGlyphs.glyphs[code] { return exact }
    let even = LineArms(
      up: up != nil, right: right != nil, down: down != nil, left: left != nil, weight)
    if let found = LineGlyphs.glyphs[even.code] { return found }
    return isHorizontal ? "═" : "║"
  }

  var asciiGlyph: Unicode.Scalar {
    let isHeavy = [up, right, down, left].contains { $0 == .heavy || $0 == .double }
    if isHorizontal { return isHeavy ? "=" : "-" }
    if isVertical { return "|" }
    return isHeavy ? "#" : "+"
  }
}

private enum LineGlyphs {
  /// Box drawing.
  static let block: ClosedRange<UInt32> = 0x2500...0x257F
  static let codeCount = 256
  /// Glyph, then weight of its up, right, down and left arm; Unicode block U+2500–257F.
  static let table =
    """
    ─0101 ━0202 │1010 ┃2020 ┌0110 ┍0210 ┎0120 ┏0220 ┐0011 ┑0012 ┒0021 ┓0022 └1100 ┕1200 ┖2100 \
    ┗2200 ┘1001 ┙1002 ┚2001 ┛2002 ├1110 ┝1210 ┞2110 ┟1120 ┠2120 ┡2210 ┢1220 ┣2220 ┤1011 ┥1012 \
    ┦2011 ┧1021 ┨2021 ┩2012 ┪1022 ┫2022 ┬0111 ┭0112 ┮0211 ┯0212 ┰0121 ┱0122 ┲0221 ┳0222 ┴1101 \
    ┵1102 ┶1201 ┷1202 ┸2101 ┹2102 ┺2201 ┻2202 ┼1111 ┽1112 ┾1211 ┿1212 ╀2111 ╁1121 ╂2121 ╃2112 \
    ╄2211 ╅1122 ╆1221 ╇2212 ╈1222 ╉2122 ╊2221 ╋2222 ═0303 ║3030 ╒0310 ╓0130 ╔0330 ╕0013 ╖0031 \
    ╗0033 ╘1300 ╙3100 ╚3300 ╛1003 ╜3001 ╝3003 ╞1310 ╟3130 ╠3330 ╡1013 ╢3031 ╣3033 ╤0313 ╥0131 \
    ╦0333 ╧1303 ╨3101 ╩3303 ╪1313 ╫3131 ╬3333 ╴0001 ╵1000 ╶0100 ╷0010 ╸0002 ╹2000 ╺0200 ╻0020 \
    ╼0201 ╽1020 ╾0102 ╿2010
    """
  /// Same arms as a glyph of ``table``, other looks.
  static let variants = "┄0101 ┅0202 ╌0101 ╍0202 ┆1010 ┇2020 ╎1010 ╏2020 ╭0110 ╮0011 ╰1100 ╯1001"

  /// By place in the block.
  static let arms = {
    var arms: [LineArms?] = Array(repeating: nil, count: block.count)
    for (glyph, those) in entries(table) + entries(variants) {
      arms[Int(glyph.value - block.lowerBound)] = those
    }
    return arms
  }()

  /// By the arms' code.
  static let glyphs = {
    var glyphs: [Unicode.Scalar?] = Array(repeating: nil, count: codeCount)
    for (glyph, arms) in entries(table) { glyphs[arms.code] = glyph }
    return glyphs
  }()

  private static func entries(_ text: String) -> [(Unicode.Scalar, LineArms)] {
    text.split(separator: " ").compactMap { entry in
      let digits = entry.dropFirst().compactMap { $0.wholeNumberValue }
      guard let glyph = entry.unicodeScalars.first, digits.count == 4 else { return nil }
      var arms = LineArms(.light)
      arms.up = LineWeight(rawValue: UInt8(digits[0]))
      arms.right = LineWeight(rawValue: UInt8(digits[1]))
      arms.down = LineWeight(rawValue: UInt8(digits[2]))
      arms.left = LineWeight(rawValue: UInt8(digits[3]))
      return (glyph, arms)
    }
  }
}
