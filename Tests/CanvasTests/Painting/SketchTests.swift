import Tensors
import Testing

@testable import Canvas

@Suite struct SketchTests {
  private static let text = Style(foreground: Color(200, 200, 200))
  private static let budget = 4096

  private static let tiers = [ColorTier.truecolor, .palette256].flatMap { colors in
    GlyphTier.allCases.map { DisplayTier(colors: colors, glyphs: $0) }
  }

  /// A line of text over pictures of `height` × `width` cells side by side, each in noise of its own.
  private func screen(
    _ title: String, pictures: [UInt64], height: Int = 4, width: Int = 8,
    tier: DisplayTier = DisplayTier(), size: ScreenSize = ScreenSize(height: 12, width: 80)
  ) throws -> CellGrid {
    var grid = CellGrid(height: size.height, width: size.width)
    grid.write(title, row: 0, column: 0, style: Self.text)
    for (place, seed) in pictures.enumerated() {
      let columns = (size.width - 1) / (width + 1)
      let cells = try picture(seed, height: height, width: width, tier)
      grid.draw(
        cells, row: 2 + place / columns * (height + 1), column: 1 + (width + 1) * (place % columns),
        height: height, width: width)
    }
    return grid
  }

  private func picture(
    _ seed: UInt64, height: Int, width: Int, _ tier: DisplayTier
  ) throws -> [Cell] {
    var random = SeededGenerator(seed: seed)
    let rgb = (0..<12 * height * width).map { _ in UInt8.random(in: 0...255, using: &random) }
    let block = try #require(PixelBlock(width: 2 * width, height: 2 * height, rgb: rgb))
    return renderThumbnail(block, height: height, width: width, tier: tier)
  }

  /// A screen of pictures of all sizes, here and there a value or a word over them.
  private func randomScreen(
    _ random: inout SeededGenerator, _ size: ScreenSize, _ tier: DisplayTier
  ) throws -> CellGrid {
    var grid = CellGrid(height: size.height, width: size.width)
    for _ in 0..<Int.random(in: 0...40, using: &random) {
      let height = Int.random(in: 1...min(20, size.height), using: &random)
      let width = Int.random(in: 1...min(60, size.width), using: &random)
      let seed = UInt64.random(in: 0...6, using: &random)
      let cells = try picture(seed, height: height, width: width, tier)
      grid.draw(
        cells, row: .random(in: -3..<size.height, using: &random),
        column: .random(in: -9..<size.width, using: &random), height: height, width: width)
    }
    for _ in 0..<Int.random(in: 0...20, using: &random) {
      let points = (0..<3).map { _ in
        CellPoint(
          row: .random(in: 0..<size.height, using: &random),
          column: .random(in: 0..<size.width, using: &random))
      }
      grid.drawPath(points, style: Style(foreground: Color(90, 200, 90)))
    }
    for _ in 0..<Int.random(in: 0...20, using: &random) {
      let row = Int.random(in: 0..<size.height, using: &random)
      let column = Int.random(in: 0..<size.width, using: &random)
      grid.write("word 漢 12", row: row, column: column, style: Self.text)
      let value = Style(foreground: Color(9, 9, 200), background: Color(250, 9, 9))
      grid[row, column] = Cell("▀", value)
    }
    return grid
  }

  @Test(arguments: UInt64(0)..<8)
  func `a frame within the budget and one more are the whole frame`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let tier = Self.tiers[Int(seed) % 4]
    let size =
      seed == 5 ? ScreenSize(height: 30, width: 100) : ScreenSize(height: 20, width: 60)
    let erases = seed % 3 > 0
    var painter = FramePainter(tier: tier, erasesInColor: erases)
    var terminal = SmallTerminal(height: size.height, width: size.width, erasesInColor: erases)
    terminal.take(painter.paint(try randomScreen(&random, size, tier)))
    for _ in 0..<2 {
      let frame = try randomScreen(&random, size, tier)
      let first = painter.paint(frame, budget: Self.budget)
      terminal.take(first)
      #expect(first.count <= Self.budget)
      let (shown, wanted) = (seen(terminal.grid, tier), seen(frame, tier))
      for (index, cell) in frame.cells.enumerated() where cell.place == nil && !cell.isEdge {
        #expect(shown[index] == wanted[index])
      }
      #expect(painter.isUnfinished || shown == wanted)
      let wasUnfinished = painter.isUnfinished
      let second = painter.paint(frame)
      terminal.take(second)
      #expect(seen(terminal.grid, tier) == wanted)
      #expect(!second.isEmpty == wasUnfinished && !painter.isUnfinished)
      #expect(terminal.unknown == [] && terminal.style == .plain)
    }
  }

  @Test func `pictures that did not change stay`() throws {
    var painter = FramePainter(tier: DisplayTier())
    var terminal = SmallTerminal(height: 12, width: 80)
    terminal.take(painter.paint(try screen("one", pictures: [1, 2, 3])))
    let next = try screen("two", pictures: [1, 5, 6])
    let sketch = painter.paint(next, budget: 500)
    terminal.take(sketch)
    #expect(painter.isUnfinished && sketch.count <= 500)
    for row in 0..<12 {
      for column in 0..<9 { #expect(terminal.grid[row, column] == next[row, column]) }
    }
    let rest = painter.paint(next)
    #expect(!painter.isUnfinished && rest.count > 1000)
    #expect(painter.paint(next).isEmpty)
  }

  @Test func `a move that leaves pictures alone is whole`() throws {
    var painter = FramePainter(tier: DisplayTier())
    _ = painter.paint(try screen("one", pictures: [1, 2, 3]))
    let bytes = painter.paint(try screen("two", pictures: [1, 2, 3]), budget: 500)
    #expect(!painter.isUnfinished && bytes.count < 100)
  }

  @Test func `pictures are as fine as fit, and none is blank before all are flat`() throws {
    let frame = try screen("one", pictures: Array(0..<6))
    var former = 0
    for budget in [700, 1500, 3000, 5000] {
      var painter = FramePainter(tier: DisplayTier(), erasesInColor: true)
      _ = painter.paint(CellGrid(height: 12, width: 80))
      _ = painter.paint(frame, budget: budget)
      let shown = try #require(painter.shown)
      let grounds = (0..<6).map { place in
        (0..<32).map { shown[2 + $0 / 8, 1 + 9 * place + $0 % 8].style.background }
      }
      #expect(grounds.allSatisfy { !$0.contains(nil) })
      let count = grounds.reduce(0) { $0 + Set($1).count }
      #expect(count > former, "\(count) colours in \(budget) bytes")
      former = count
    }
  }

  @Test func `what does not fit even in one colour each is blank at the end`() throws {
    var painter = FramePainter(tier: DisplayTier(), erasesInColor: true)
    _ = painter.paint(CellGrid(height: 12, width: 80))
    let frame = try screen("one", pictures: Array(0..<16))
    let bytes = painter.paint(frame, budget: 500)
    let shown = try #require(painter.shown)
    #expect(bytes.count <= 500 && painter.isUnfinished)
    #expect(shown[2, 1].style.background != nil && shown[7, 64].style.background == nil)
    #expect(String(decoding: bytes, as: UTF8.self).contains("one"))
  }

  @Test func `edges are left out where pictures are not enough, boxes never`() {
    func net(_ shift: Int) -> CellGrid {
      var grid = CellGrid(height: 24, width: 80)
      let box = CellRect(row: 2, column: 2 + shift, height: 20, width: 60)
      for row in 0..<24 where row % 2 == 0 {
        grid.drawPath(
          [CellPoint(row: row, column: 0), CellPoint(row: 23 - row, column: 79 - shift)])
      }
      grid.drawBox(box, style: Self.text)
      return grid
    }
    var painter = FramePainter(tier: DisplayTier())
    var terminal = SmallTerminal(height: 24, width: 80)
    terminal.take(painter.paint(net(0)))
    let next = net(7)
    var other = painter
    let whole = other.paint(next).count
    let bytes = painter.paint(next, budget: whole - 1)
    terminal.take(bytes)
    #expect(painter.isUnfinished && bytes.count < whole)
    #expect(terminal.grid[2, 9] == next[2, 9] && terminal.grid[21, 68] == next[21, 68])
    terminal.take(painter.paint(next))
    #expect(seen(terminal.grid, DisplayTier()) == seen(next, DisplayTier()))
  }

  @Test func `of what does not fit nothing is left, whatever is already there`() throws {
    let size = ScreenSize(height: 8, width: 20)
    let before = try screen("", pictures: [1], size: size)
    var frame = try screen("", pictures: [2], size: size)
    let corner = before[2, 1]
    frame[2, 1].glyph = corner.glyph
    frame[2, 1].style = corner.style
    let sketch = Sketch(frame, since: before, tier: DisplayTier())
    let whole = try #require(SketchTile.all.last)
    #expect(sketch.drawn(in: whole, count: 0) == CellGrid(height: 8, width: 20))
    #expect(sketch.drawn(in: whole, count: 1) == sketch.drawn(in: whole))
  }

  @Test func `a picture's one colour is its mean`() throws {
    let grey: [UInt8] = (0..<64).map { UInt8($0 * 4) }
    let block = try #require(PixelBlock(width: 8, height: 8, grey: grey))
    var frame = CellGrid(height: 4, width: 8)
    frame.draw(
      renderThumbnail(block, height: 4, width: 4, tier: DisplayTier()), row: 0, column: 2,
      height: 4, width: 4)
    let sketch = Sketch(frame, since: CellGrid(height: 4, width: 8), tier: DisplayTier())
    let whole = sketch.drawn(in: try #require(SketchTile.all.last))
    #expect(whole[0, 1] == .blank && whole[3, 6] == .blank)
    let found = try #require(whole[3, 5].style.background?.red)
    #expect(abs(Int(found) - 126) <= 2)
    #expect(whole[0, 2] == whole[3, 5])
  }

  @Test(arguments: [GlyphTier.unicode, .ascii])
  func `without colours pictures are ink`(glyphs: GlyphTier) throws {
    let tier = DisplayTier(colors: .mono, glyphs: glyphs)
    let frame = try screen("one", pictures: [1], tier: tier)
    let sketch = Sketch(frame, since: CellGrid(height: 12, width: 80), tier: tier)
    let inks = Unicode.Scalar.inks(glyphs)
    let cell = sketch.drawn(in: try #require(SketchTile.all.last))[3, 4]
    #expect(cell == Cell(inks[inks.count / 2]))
    #expect(sketch.drawn(in: SketchTile(height: 1, width: 1)) == frame)
  }

  @Test(arguments: Self.tiers)
  func `values are never coarse`(tier: DisplayTier) {
    var grid = CellGrid(height: 5, width: 60)
    let heatmap = Heatmap(.viridis, tier: tier)
    for column in 0..<60 {
      grid[1, column] = heatmap.cell(top: Double(column) / 60, bottom: 1 - Double(column) / 60)
    }
    #expect(Sketch(grid, since: CellGrid(height: 5, width: 60), tier: tier).count == 0)
  }

  @Test func `pictures in panes that move aside move along`() throws {
    let size = ScreenSize(height: 24, width: 80)
    let tier = DisplayTier()
    func panes(from start: Int) throws -> CellGrid {
      let seeds = (start..<start + 7).map { UInt64($0) }
      return try screen("pane \(start)", pictures: seeds, height: 18, width: 10, size: size)
    }
    var painter = FramePainter(tier: tier, erasesInColor: true)
    var terminal = SmallTerminal(height: 24, width: 80, erasesInColor: true)
    terminal.take(painter.paint(try panes(from: 0)))
    let next = try panes(from: 1)
    let bytes = painter.paint(next, budget: Self.budget)
    terminal.take(bytes)
    #expect(bytes.count <= Self.budget && painter.isUnfinished)
    for row in 0..<24 {
      for column in 0..<66 { #expect(terminal.grid[row, column] == next[row, column]) }
    }
  }
}
