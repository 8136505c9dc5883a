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

  @Test(arguments: shapes.indices, [true, false])
  func `tiles lie in the area, one beside the other, and every neuron has one`(
    at index: Int, isCaptioned: Bool
  ) throws {
    let (neurons, inputs, height, width) = Self.shapes[index]
    let kernels = try kernels(neurons, inputs, height, width)
    for (rows, columns) in [(4, 12), (10, 40), (21, 55), (46, 157)] {
      let area = CellRect(row: 2, column: 3, height: rows, width: columns)
      let grid = KernelGrid(
        kernels, count: neurons, isCaptioned: isCaptioned, in: area)
      var seen = 0
      for start in stride(from: 0, to: (neurons - 1) / grid.columns + 1, by: grid.visibleRows) {
        var taken: Set<[Int]> = []
        for place in start * grid.columns..<min(neurons, (start + grid.visibleRows) * grid.columns)
        {
          let whole = try #require(grid.tile(place, start: start, in: area))
          let tile = isCaptioned ? whole : grid.pictureArea(whole)
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

  @Test(arguments: shapes.indices)
  func `the least height is just enough`(at index: Int) throws {
    let (neurons, inputs, height, width) = Self.shapes[index]
    let kernels = try kernels(neurons, inputs, height, width)
    for columns in [12, 22, 60] {
      let least = KernelGrid.leastHeight(kernels, count: neurons, width: columns)
      func room(_ height: Int) -> Int {
        let grid = KernelGrid(
          kernels, count: neurons, largest: 1, isCaptioned: false,
          in: CellRect(row: 0, column: 0, height: height, width: columns))
        return grid.columns * grid.visibleRows
      }
      #expect(room(least) >= neurons)
      #expect(least == 1 || room(least - 1) < neurons || least <= (height + 1) / 2)
    }
  }

  @Test func `few kernels are drawn large, many small`() throws {
    let area = CellRect(row: 0, column: 0, height: 40, width: 100)
    #expect(KernelGrid(try kernels(4, 3, 3, 3), count: 4, in: area).picture.height == 12)
    #expect(KernelGrid(try kernels(500, 3, 3, 3), count: 500, in: area).picture.height == 2)
  }

  @Test func `without captions more find room, none larger than asked for`() throws {
    let area = CellRect(row: 0, column: 0, height: 8, width: 22)
    let kernels = try kernels(27, 16, 3, 3)
    let many = KernelGrid(kernels, count: 27, largest: 1, isCaptioned: false, in: area)
    #expect(many.picture == ScreenSize(height: 2, width: 3))
    #expect(many.columns == 5 && many.visibleRows == 3)
    let few = KernelGrid(kernels, count: 6, largest: 1, isCaptioned: false, in: area)
    #expect(few.picture == ScreenSize(height: 3, width: 6))
    #expect(few.columns == 3 && few.visibleRows == 2)
  }
}
