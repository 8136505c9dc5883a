import Tensors
import Testing

@testable import Analysis

@Suite struct NeighborListsTests {
  @Test(arguments: UInt64(0)..<10)
  func `they are the nearest, nearest first`(seed: UInt64) {
    let distances = SquareDistances.cosine(
      ActivationProfiles(randomMatrix(40, 5, seed: seed)).unitRows)
    let lists = NeighborLists(distances, width: 6)
    for item in 0..<40 {
      let lengths = (0..<40).filter { $0 != item }.map { distances[item, $0] }.sorted()
      for place in 0..<6 {
        #expect(distances[item, lists[item, place]] == lengths[place])
        #expect(lists.length(item, place) == Double(lengths[place]))
      }
    }
  }

  @Test func `lists of equal items reach beyond them`() {
    var matrix = Matrix(rowCount: 40, columnCount: 2)
    for row in 0..<40 { matrix[row, row / 20] = 1 }
    let lists = NeighborLists(
      SquareDistances.cosine(ActivationProfiles(matrix).unitRows), width: 8)
    for item in 0..<40 {
      let others = (0..<8).map { lists[item, $0] }
      #expect(Set(others).count == 8)
      #expect(others.count { $0 / 20 == item / 20 } == 3)
    }
  }

  @Test(arguments: [(1, 0), (2, 1), (4, 3), (30, 6)])
  func `all equal items have full lists`(count: Int, width: Int) {
    let rows = ActivationProfiles(Matrix(rowCount: count, columnCount: 3, repeating: 1)).unitRows
    let lists = NeighborLists(SquareDistances.cosine(rows), width: 6)
    #expect(lists.width == width)
    for item in 0..<count {
      let others = Set((0..<width).map { lists[item, $0] })
      #expect(others.count == width && !others.contains(item))
    }
  }

  @Test(arguments: UInt64(0)..<10)
  func `closed lists hold the nearest by potentials, and the item added`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let distances = SquareDistances.cosine(
      ActivationProfiles(randomMatrix(20, 3, seed: seed)).unitRows)
    let order = Array(0..<20).shuffled(using: &random)
    let potentials = order.map { _ in random.unit() * 0.2 - 0.1 }
    let closed = distances.closed(order, potentials)
    let lists = NeighborLists(
      closing: NeighborLists(distances, width: 19), order: order, potentials: potentials, width: 7)
    for item in 0...20 {
      let lengths = (0...20).filter { $0 != item }.map { closed[item, $0] }.sorted()
      for place in 0..<7 { #expect(closed[item, lists[item, place]] == lengths[place]) }
    }
  }
}
