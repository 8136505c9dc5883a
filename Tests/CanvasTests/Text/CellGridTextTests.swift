import Canvas
import Tensors
import TestSupport
import Testing

@Suite struct CellGridTextTests {
  @Test func `text keeps to its field`() {
    var grid = CellGrid(height: 5, width: 12)
    grid.write("leading", row: 0, column: 1)
    grid.write("end of it all", row: 1, column: 2)
    grid.write("mid", row: 2, column: 0, maximumWidth: 12, alignment: .center)
    grid.write("right", row: 3, column: 0, maximumWidth: 12, alignment: .trailing)
    grid.write("hidden", row: 4, column: -3)
    #expect(grid.text() == " leading\n  end of it…\n    mid\n       right\nden\n")
  }

  @Test func `a wide glyph at the edge becomes a blank`() {
    var grid = CellGrid(height: 1, width: 3)
    grid.put("漢", row: 0, column: 2)
    grid.put("字", row: 0, column: -1)
    #expect(grid.text() == "\n")
  }

  @Test func `half of an overwritten wide glyph is blanked`() {
    var grid = CellGrid(height: 1, width: 6)
    grid.write("漢字", row: 0, column: 0)
    grid.write("x", row: 0, column: 1)
    grid.write("y", row: 0, column: 2)
    #expect(grid.text() == " xy\n")
  }

  @Test func `a glyph set by hand cannot steer the terminal`() {
    var grid = CellGrid(height: 1, width: 3)
    grid[0, 0] = Cell("\u{1B}")
    grid[0, 1] = Cell("\u{202E}")
    #expect(grid.text() == "��\n")
    #expect(grid.text(glyphs: .ascii) == "??\n")
  }

  @Test func `the ascii tier has look-alikes`() {
    var grid = CellGrid(height: 2, width: 20)
    grid.write("Ünïcode…→·×漢█▄░", row: 0, column: 0)
    grid.drawBox(CellRect(row: 1, column: 0, height: 1, width: 4))
    grid.drawHorizontalLine(row: 1, column: 0, width: 3, line: .heavy)
    #expect(grid.text(glyphs: .ascii) == "Unicode~>.x? #:.\n===\n")
  }

  @Test(arguments: UInt64(0)..<200)
  func `drawing anything anywhere stays inside`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var grid = CellGrid(
      height: Int.random(in: 0...6, using: &random), width: Int.random(in: 0...9, using: &random))
    for _ in 0..<40 {
      let row = Int.random(in: -8...12, using: &random)
      let column = Int.random(in: -12...14, using: &random)
      let size = Int.random(in: -2...15, using: &random)
      let area = CellRect(row: row, column: column, height: size, width: 15 - size)
      grid.write("漢a字\u{1B}b", row: row, column: column, maximumWidth: size)
      grid.drawBox(area, title: "title", badge: "b", footnote: "foot", joins: seed % 2 == 0)
      grid.drawPath(
        [CellPoint(row: row, column: column), CellPoint(row: size, column: row)], line: .dashed)
      grid.drawBar(0.6, row: row, column: column, width: size)
      grid.drawColumn(0.6, in: area)
      grid.drawSparkline([1, .nan, 3], row: row, column: column, width: size)
      grid.draw(CellGrid(height: 3, width: 3), row: row, column: column, clippedTo: area)
      grid.restyle(area, Style(attributes: .bold))
    }
    #expect(grid.cells.count == grid.height * grid.width)
    let lines = grid.settled(glyphs: .unicode).text().split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == grid.height + 1)
    #expect(lines.allSatisfy { cellWidth(of: $0) <= grid.width })
    #expect(grid.text(glyphs: .ascii).unicodeScalars.allSatisfy { $0.isASCII })
  }
}
