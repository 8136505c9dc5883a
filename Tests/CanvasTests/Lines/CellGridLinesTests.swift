import Canvas
import TestSupport
import Testing

@Suite struct CellGridLinesTests {
  @Test func `lines join what they cross and end on`() {
    var grid = CellGrid(height: 5, width: 9)
    grid.drawBox(grid.bounds)
    grid.drawVerticalLine(row: 0, column: 4, height: 5)
    grid.drawHorizontalLine(row: 2, column: 0, width: 9)
    #expect(grid.text() == "┌───┬───┐\n│   │   │\n├───┼───┤\n│   │   │\n└───┴───┘\n")
  }

  @Test func `heavy and double lines join light ones`() {
    var grid = CellGrid(height: 5, width: 9)
    grid.drawBox(grid.bounds)
    grid.drawHorizontalLine(row: 2, column: 0, width: 9, line: .heavy)
    grid.drawVerticalLine(row: 0, column: 4, height: 5, line: .double)
    #expect(grid.text() == "┌───╥───┐\n│   ║   │\n┝━━━╬━━━┥\n│   ║   │\n└───╨───┘\n")
  }

  @Test func `a path turns corners and a dashed one stays dashed`() {
    var grid = CellGrid(height: 4, width: 8)
    grid.drawPath(
      [
        CellPoint(row: 0, column: 0), CellPoint(row: 0, column: 3), CellPoint(row: 3, column: 3),
        CellPoint(row: 3, column: 7),
      ], line: .dashed)
    #expect(grid.text() == "┄┄┄┐\n   ┆\n   ┆\n   └┄┄┄┄\n")
  }

  @Test func `a path may run in any direction`() {
    var forward = CellGrid(height: 4, width: 8)
    var backward = forward
    let points = [
      CellPoint(row: 3, column: 7), CellPoint(row: 3, column: 2), CellPoint(row: 0, column: 2),
      CellPoint(row: 0, column: 0),
    ]
    forward.drawPath(points)
    backward.drawPath(points.reversed())
    #expect(forward == backward)
    #expect(forward.text() == "──┐\n  │\n  │\n  └─────\n")
  }

  @Test func `far-off ends cost nothing`() {
    var grid = CellGrid(height: 2, width: 3)
    grid.drawHorizontalLine(row: 0, column: -1_000_000_000_000, width: 2_000_000_000_000)
    grid.drawPath([CellPoint(row: 1, column: 4_000_000_000_000), CellPoint(row: 1, column: -9)])
    #expect(grid.text() == "───\n───\n")
  }

  @Test func `a box shows what fits of its title`() {
    var grid = CellGrid(height: 3, width: 30)
    grid.drawBox(CellRect(row: 0, column: 0, height: 3, width: 16), title: "conv1", badge: "16")
    grid.drawBox(
      CellRect(row: 0, column: 17, height: 3, width: 12), title: "a long name", footnote: "1/3")
    expectFrame(grid, "boxes")
  }
}
