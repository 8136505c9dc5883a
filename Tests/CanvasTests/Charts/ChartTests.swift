import Canvas
import Tensors
import TestSupport
import Testing

@Suite struct ChartTests {
  @Test(arguments: [
    (0.0, ""), (0.001, "▏"), (0.5, "██"), (0.53125, "██▏"), (0.9, "███▋"), (1, "████"),
    (7, "████"), (-1, ""), (.nan, ""),
  ])
  func `a bar grows in eighths`(value: Double, expected: String) {
    var grid = CellGrid(height: 1, width: 4)
    grid.drawBar(value, row: 0, column: 0, width: 4)
    #expect(grid.text() == expected + "\n")
  }

  @Test func `a signed bar grows from the middle`() {
    var grid = CellGrid(height: 2, width: 8)
    grid.drawSignedBar(-0.6, row: 0, column: 0, width: 8, negative: .plain, positive: .plain)
    grid.drawSignedBar(0.5, row: 1, column: 0, width: 8, negative: .plain, positive: .plain)
    #expect(grid.text() == " ▐██\n    ██\n")
  }

  @Test func `a column grows upwards`() {
    var grid = CellGrid(height: 3, width: 2)
    grid.drawColumn(0.5, in: grid.bounds)
    #expect(grid.text() == "\n▄▄\n██\n")
  }

  @Test func `a sparkline spans its range and leaves gaps`() {
    var grid = CellGrid(height: 2, width: 8)
    grid.drawSparkline([0, 1, 2, .nan, 4, 5, 6, 7], row: 0, column: 0, width: 8)
    grid.drawSparkline([0, 0, 7, 7], row: 1, column: 0, width: 2)
    #expect(grid.text() == "▁▂▃ ▅▆▇█\n▁█\n")
  }

  @Test func `more of a value is never less ink`() {
    let inks = ["unicode": " ░▒▓█", "ascii": " .:-=+*#%@"]
    for tier in GlyphTier.allCases {
      let heatmap = Heatmap(.viridis, tier: DisplayTier(colors: .mono, glyphs: tier))
      let order = Array(inks[tier.rawValue, default: ""].unicodeScalars)
      let levels = (0...100).map { order.firstIndex(of: heatmap.cell(Double($0) / 100).glyph) }
      #expect(!levels.contains(nil))
      #expect(levels.compactMap { $0 }.elementsEqual(levels.compactMap { $0 }.sorted()))
      #expect(Set(levels).count == order.count)
    }
  }

  @Test(arguments: ColorTier.allCases, GlyphTier.allCases)
  func `signs are told apart on every tier`(colors: ColorTier, glyphs: GlyphTier) {
    let heatmap = Heatmap(.blueOrangeDark, tier: DisplayTier(colors: colors, glyphs: glyphs))
    #expect(heatmap.cell(0.8) != heatmap.cell(-0.8))
    #expect(heatmap.cell(0.8) != heatmap.cell(0))
    #expect(heatmap.cell(.nan) == Heatmap.absent)
  }

  @Test func `two rows share a cell where blocks and colours allow`() {
    let values = Matrix(rowCount: 3, columnCount: 2, values: [0, 1, 1, 0, 0.5, 0.5])
    var grid = CellGrid(height: 3, width: 3)
    let smooth = Heatmap(.grey, tier: DisplayTier())
    grid.drawHeatmap(values, in: grid.bounds, smooth, packsRows: true)
    #expect(
      grid[0, 0] == Cell("▀", Style(foreground: Color(0, 0, 0), background: Color(255, 255, 255))))
    #expect(grid[1, 1] == Cell("▀", Style(foreground: Color(128, 128, 128))))
    #expect(grid[2, 0] == .blank)
    let flat = Heatmap(.grey, tier: DisplayTier(colors: .mono))
    #expect(flat.valuesPerCell == 1)
    grid.drawHeatmap(values, in: grid.bounds, flat, packsRows: true)
    #expect(grid.text() == " █\n█\n▒▒\n")
  }

  @Test func `ramps end where their sources say`() {
    #expect(ColorRamp.viridis.color(at: 0).hex == "#440154")
    #expect(ColorRamp.viridis.color(at: 9).hex == "#fde725")
    #expect(ColorRamp.cividis.color(at: 0.5).hex == "#7d7c78")
    for ramp in [ColorRamp.viridis, .cividis, .grey] {
      let lumas = (0...64).map { ramp.color(at: Double($0) / 64).luma }
      #expect(lumas == lumas.sorted())
    }
  }
}
