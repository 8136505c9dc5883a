import Atlases
import Canvas
import Testing

@testable import Explorer

struct KernelGridTests {
  private func kernels(_ neurons: Int, _ inputs: Int, _ height: Int, _ width: Int) throws
    -> KernelDigest
  {
    let stack = KernelStack(
      shape: [neurons, inputs, height, width],
      values: Array(repeating: 1, count: neurons * inputs * height * width))
    return try #require(KernelDigest(stack, neuronCount: neurons))
  }

  private static let shapes = [
    (5, 3, 3, 3), (64, 16, 3, 3), (40, 3, 7, 7), (12, 4, 1, 5), (30, 100, 1, 1), (9, 2, 1, 1),
    (200, 8, 5, 5),
  ]

  @Test(arguments: shapes.indices)
  func `tiles lie in the area, one beside the other, and every neuron has one`(at index: Int) throws
  {
    let (neurons, inputs, height, width) = Self.shapes[index]
    let kernels = try kernels(neurons, inputs, height, width)
    for (rows, columns) in [(4, 12), (10, 40), (21, 55), (46, 157)] {
      let area = CellRect(row: 2, column: 3, height: rows, width: columns)
      let grid = KernelGrid(kernels, count: neurons, in: area)
      var seen = 0
      for start in stride(from: 0, to: (neurons - 1) / grid.columns + 1, by: grid.visibleRows) {
        var taken: Set<[Int]> = []
        for place in start * grid.columns..<min(neurons, (start + grid.visibleRows) * grid.columns)
        {
          let tile = try #require(grid.tile(place, start: start, in: area))
          #expect(tile.row >= area.row && tile.endRow <= area.endRow)
          #expect(tile.column >= area.column && tile.endColumn <= area.endColumn)
          for row in tile.row..<tile.endRow {
            for column in tile.column..<tile.endColumn {
              #expect(taken.insert([row, column]).inserted)
            }
          }
          seen += 1
        }
      }
      #expect(seen == neurons)
    }
  }

  @Test func `few kernels are drawn large, many small`() throws {
    let area = CellRect(row: 0, column: 0, height: 40, width: 100)
    #expect(KernelGrid(try kernels(4, 3, 3, 3), count: 4, in: area).picture.height == 12)
    #expect(KernelGrid(try kernels(500, 3, 3, 3), count: 500, in: area).picture.height == 2)
  }
}
