import Testing

@testable import Canvas

struct HeatOverlayTests {
  private func picture(_ red: UInt8, _ green: UInt8, _ blue: UInt8) throws -> PixelBlock {
    let rgb = (0..<64).flatMap { _ in [red, green, blue] }
    return try #require(PixelBlock(width: 8, height: 8, rgb: rgb))
  }

  private func cells(_ value: Double, _ tier: DisplayTier) throws -> [Cell] {
    renderHeatOverlay(
      try picture(200, 40, 40), values: Array(repeating: value, count: 4 * 6), height: 2, width: 3,
      ramp: .viridis, tier: tier)
  }

  @Test func `where nothing fires the picture is grey, where much does the ramp covers it`() throws
  {
    let tier = DisplayTier()
    let nothing = try cells(0, tier)
    let all = try cells(1, tier)
    #expect(nothing.count == 6 && all.count == 6)
    for cell in nothing {
      let color = try #require(cell.style.background)
      #expect(color.red == color.green && color.green == color.blue && color.red > 40)
    }
    for cell in all {
      let color = try #require(cell.style.background)
      #expect(color.red > 150 && color.green > 150 && color.blue < 90)
    }
    #expect(try cells(.nan, tier) == nothing)
  }

  @Test func `the stronger the value, the nearer the colour to the ramp's`() throws {
    let end = ColorRamp.grey.color(at: 1)
    var last = 0
    for value in stride(from: 0.0, through: 1, by: 0.25) {
      let cell = try #require(
        renderHeatOverlay(
          try picture(0, 0, 0), values: Array(repeating: value, count: 4), height: 1, width: 1,
          ramp: .grey, tier: DisplayTier()
        ).first)
      let light = Int(try #require(cell.style.background).red)
      #expect(light >= last && light <= Int(end.red))
      last = light
    }
    #expect(last > 200)
  }

  @Test(arguments: [ColorTier.mono, .palette16], [GlyphTier.unicode, .ascii])
  func `without smooth colours ink grows with the value`(colors: ColorTier, glyphs: GlyphTier)
    throws
  {
    let tier = DisplayTier(colors: colors, glyphs: glyphs)
    let seen = try stride(from: 0.0, through: 1, by: 0.2).map { value in
      try #require(try cells(value, tier).first).glyph
    }
    #expect(seen.first == " " && Set(seen).count >= 4)
  }

  @Test func `signs have colours of their own`() throws {
    func color(_ value: Double) throws -> Color {
      let cell = renderHeatOverlay(
        try picture(90, 90, 90), values: Array(repeating: value, count: 4), height: 1, width: 1,
        ramp: .blueOrangeDark, tier: DisplayTier()
      ).first
      return try #require(cell?.style.background)
    }
    let (low, high) = (try color(-1), try color(1))
    #expect(low.blue > low.red && high.red > high.blue)
  }
}
