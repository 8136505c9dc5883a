import Tensors
import Testing

@testable import Canvas

@Suite struct SketchTests {
  private static let text = Style(foreground: Color(200, 200, 200))

  /// A line of text over pictures of 8×4 cells side by side, each in noise of its own.
  private func screen(_ title: String, pictures: [UInt64]) -> CellGrid {
    var grid = CellGrid(height: 12, width: 80)
    grid.write(title, row: 0, column: 0, style: Self.text)
    for (place, seed) in pictures.enumerated() {
      var random = SeededGenerator(seed: seed)
      for row in 0..<4 {
        for column in 0..<8 {
          let colors = (0..<2).map { _ in
            Color(hex: UInt32.random(in: 0...0xFFFFFF, using: &random))
          }
          let glyph: Unicode.Scalar = Bool.random(using: &random) ? "▀" : " "
          grid[2 + row, 1 + 9 * place + column] = Cell(
            glyph, Style(foreground: colors[0], background: colors[1]))
        }
      }
    }
    return grid
  }

  @Test func `beyond the budget new pictures wait, and old ones stay`() {
    var painter = FramePainter(tier: DisplayTier())
    _ = painter.paint(screen("one", pictures: [1, 2, 3]))
    let next = screen("two", pictures: [1, 5, 6])
    let sketch = painter.paint(next, budget: 500)
    #expect(painter.isUnfinished && sketch.count < 500)
    let rest = painter.paint(next)
    #expect(!painter.isUnfinished && rest.count > 1000)
    #expect(painter.paint(next).isEmpty)
  }

  @Test func `a move that leaves pictures alone is whole`() {
    var painter = FramePainter(tier: DisplayTier())
    _ = painter.paint(screen("one", pictures: [1, 2, 3]))
    let bytes = painter.paint(screen("two", pictures: [1, 2, 3]), budget: 500)
    #expect(!painter.isUnfinished && bytes.count < 100)
  }

  @Test func `without a picture on the screen before, the sketch is the text`() {
    var painter = FramePainter(tier: DisplayTier(colors: .palette256))
    let frame = screen("one", pictures: [1, 2, 3, 4])
    let sketch = painter.paint(frame, budget: 300)
    #expect(painter.isUnfinished && sketch.count < 300)
    #expect(String(decoding: sketch, as: UTF8.self).contains("one"))
    painter.forgetScreen()
    #expect(painter.paint(frame).count > 1000)
  }

  @Test func `values without pictures are never left out`() {
    var grid = CellGrid(height: 5, width: 60)
    for column in 0..<60 {
      grid[1, column] = Cell(" ", Style(background: Color(UInt8(column * 4), 10, 90)))
    }
    #expect(grid.leavingOutNewPictures(since: CellGrid(height: 5, width: 60)) == grid)
  }
}
