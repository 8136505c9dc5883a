import Canvas
import Tensors
import Testing

@Suite struct ThumbnailTests {
  private func noise(_ width: Int, _ height: Int, seed: UInt64) throws -> PixelBlock {
    var random = SeededGenerator(seed: seed)
    let rgb = (0..<width * height * 3).map { _ in UInt8.random(in: 0...255, using: &random) }
    return try #require(PixelBlock(width: width, height: height, rgb: rgb))
  }

  @Test func `four pixels of two colours come back exactly`() throws {
    let red: [UInt8] = [200, 10, 10]
    let blue: [UInt8] = [10, 20, 220]
    let block = try #require(
      PixelBlock(width: 2, height: 2, rgb: red + blue + blue + red))
    let cells = renderThumbnail(block, height: 1, width: 1, tier: DisplayTier())
    let style = Style(foreground: Color(10, 20, 220), background: Color(200, 10, 10))
    #expect(
      cells == [Cell("▞", style)]
        || cells == [Cell("▚", Style(foreground: style.background, background: style.foreground))])
  }

  @Test func `an even picture is blanks with a background`() throws {
    let block = try #require(PixelBlock(width: 5, height: 7, grey: Array(repeating: 90, count: 35)))
    let cells = renderThumbnail(block, height: 3, width: 4, tier: DisplayTier())
    #expect(cells == Array(repeating: Cell(" ", Style(background: Color(90, 90, 90))), count: 12))
  }

  @Test(arguments: UInt64(0)..<20)
  func `no other pattern and colours fit better`(seed: UInt64) throws {
    let block = try noise(2, 2, seed: seed)
    for colors in [ColorTier.truecolor, .palette256] {
      let cell = renderThumbnail(block, height: 1, width: 1, tier: DisplayTier(colors: colors))[0]
      let found = error(of: cell, block)
      #expect(found <= bruteForce(block, colors) + 2)
    }
  }

  @Test func `halving averages and enlarging repeats`() throws {
    let block = try #require(
      PixelBlock(width: 4, height: 2, grey: [0, 100, 200, 100, 50, 50, 0, 100]))
    let tier = DisplayTier(glyphs: .ascii)
    let half = renderThumbnail(block, height: 1, width: 2, tier: tier)
    #expect(half.map { $0.style.background?.red } == [50, 100])
    let double = renderThumbnail(block, height: 2, width: 8, tier: tier)
    #expect(
      double.map { $0.style.background?.red } == [
        0, 0, 100, 100, 200, 200, 100, 100, 50, 50, 50, 50, 0, 0, 100, 100,
      ])
  }

  @Test(arguments: UInt64(0)..<10)
  func `resampling keeps the mean`(seed: UInt64) throws {
    let block = try noise(13, 9, seed: seed)
    let mean = block.bytes.reduce(0) { $0 + Double($1) } / Double(block.bytes.count)
    for (height, width) in [(1, 1), (4, 6), (5, 13), (9, 30), (17, 7)] {
      let cells = renderThumbnail(
        block, height: height, width: width, tier: DisplayTier(glyphs: .ascii))
      let colors = cells.compactMap { $0.style.background }
      let sum = colors.reduce(0) { $0 + Double($1.red) + Double($1.green) + Double($1.blue) }
      #expect(abs(sum / Double(colors.count * 3) - mean) < 0.6)
    }
  }

  @Test(arguments: ColorTier.allCases, GlyphTier.allCases)
  func `every tier tells dark from bright`(colors: ColorTier, glyphs: GlyphTier) throws {
    let block = try #require(PixelBlock(width: 2, height: 1, grey: [10, 245]))
    let tier = DisplayTier(colors: colors, glyphs: glyphs)
    let cells = renderThumbnail(block, height: 1, width: 2, tier: tier)
    #expect(cells[0] != cells[1])
    if colors == .mono { #expect(cells.allSatisfy { $0.style == .plain }) }
  }

  @Test func `proportions are kept with cells twice as high as wide`() throws {
    let square = try noise(32, 32, seed: 1)
    #expect(square.fittingSize(height: 8, width: 40) == ScreenSize(height: 8, width: 16))
    let wide = try noise(100, 10, seed: 1)
    #expect(wide.fittingSize(height: 8, width: 20) == ScreenSize(height: 1, width: 20))
  }

  @Test(arguments: [1, 3])
  func `a part of a picture is drawn as a copy of it`(channelCount: Int) throws {
    var random = SeededGenerator(seed: 7)
    let bytes = (0..<9 * 11 * channelCount).map { _ in UInt8.random(in: 0...255, using: &random) }
    for (rows, columns) in [(0..<9, 0..<11), (2..<7, 3..<4), (8..<9, 0..<11), (1..<9, 5..<11)] {
      let part = PixelBlock(
        of: bytes, lineWidth: 11, channelCount: channelCount, rows: rows, columns: columns)
      let copied = rows.flatMap { y in
        columns.flatMap { x in
          (0..<3).map { bytes[(y * 11 + x) * channelCount + $0 * (channelCount / 3)] }
        }
      }
      let copy = try #require(PixelBlock(width: columns.count, height: rows.count, rgb: copied))
      for tier in [DisplayTier(), DisplayTier(colors: .palette256), DisplayTier(glyphs: .ascii)] {
        let cells = try renderThumbnail(#require(part), height: 3, width: 5, tier: tier)
        #expect(cells == renderThumbnail(copy, height: 3, width: 5, tier: tier))
      }
    }
    let whole = { (rows: Range<Int>, columns: Range<Int>) in
      PixelBlock(
        of: bytes, lineWidth: 11, channelCount: channelCount, rows: rows, columns: columns)
    }
    #expect(whole(0..<10, 0..<11) == nil && whole(0..<9, 0..<12) == nil)
    #expect(whole(3..<3, 0..<11) == nil && whole(-1..<2, 0..<11) == nil)
  }

  @Test func `sizes that don't match their bytes are refused`() {
    #expect(PixelBlock(width: 2, height: 2, rgb: [1, 2, 3]) == nil)
    #expect(PixelBlock(width: 0, height: 0, rgb: []) == nil)
    #expect(PixelBlock(width: .max, height: 4, rgb: []) == nil)
  }

  private func pixel(_ block: PixelBlock, _ index: Int) -> [Double] {
    (0..<3).map { Double(block.bytes[index * 3 + $0]) }
  }

  private func error(of cell: Cell, _ block: PixelBlock) -> Double {
    let glyphs: [Unicode.Scalar] = [
      " ", "▘", "▝", "▀", "▖", "▌", "▞", "▛", "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█",
    ]
    let mask = glyphs.firstIndex(of: cell.glyph) ?? 0
    return (0..<4).reduce(0.0) { sum, index in
      let color = mask & (1 << index) != 0 ? cell.style.foreground : cell.style.background
      return sum + distance(pixel(block, index), color ?? Color(0, 0, 0))
    }
  }

  private func distance(_ pixel: [Double], _ color: Color) -> Double {
    let wanted = [Double(color.red), Double(color.green), Double(color.blue)]
    return zip(pixel, wanted).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }

  /// Least error over all 16 patterns with the means of their sides, held to the tier's colours.
  private func bruteForce(_ block: PixelBlock, _ tier: ColorTier) -> Double {
    (0..<16).map { mask in
      var total = 0.0
      for side in [true, false] {
        let members = (0..<4).filter { (mask & (1 << $0) != 0) == side }
        guard !members.isEmpty else { continue }
        let mean = (0..<3).map { channel in
          members.reduce(0) { $0 + pixel(block, $1)[channel] } / Double(members.count)
        }
        let color = Color(
          UInt8(mean[0].rounded()), UInt8(mean[1].rounded()), UInt8(mean[2].rounded()))
        let shown = tier == .truecolor ? color : Color(palette: color.palette256)
        total += members.reduce(0) { $0 + distance(pixel(block, $1), shown) }
      }
      return total
    }.min() ?? 0
  }
}
