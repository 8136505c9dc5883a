import Tensors
import Testing

@testable import Analysis

@Suite struct GreedyPathTests {
  @Test(arguments: [1, 2, 3, 10, 64, 200], UInt64(0)..<4)
  func `every item appears once`(count: Int, seed: UInt64) {
    let distances = SquareDistances.cosine(
      ActivationProfiles(randomMatrix(count, 3, seed: seed)).unitRows)
    let order = GreedyPath.order(distances, NeighborLists(distances, width: 5))
    #expect(order.sorted() == Array(0..<count))
  }

  @Test(arguments: UInt64(0)..<10)
  func `it is far shorter than the order given`(seed: UInt64) {
    let distances = SquareDistances.cosine(
      ActivationProfiles(randomMatrix(80, 4, seed: seed)).unitRows)
    let order = GreedyPath.order(distances, NeighborLists(distances, width: 8))
    #expect(distances.pathLength(order) < distances.pathLength(Array(0..<80)) / 3)
  }

  @Test func `items on a line are walked along it`() {
    var distances = SquareDistances(count: 30)
    for one in 0..<30 {
      for other in 0..<30 where one != other { distances[one, other] = Float(abs(one - other)) }
    }
    let order = GreedyPath.order(distances, NeighborLists(distances, width: 4))
    #expect(distances.pathLength(order) == 29)
  }

  @Test(arguments: [Float.infinity, .nan, -.infinity], [2, 9, 40])
  func `items without a distance appear once`(odd: Float, count: Int) {
    for distances in oddDistances(count, odd, seed: 2) {
      let order = GreedyPath.order(distances, NeighborLists(distances, width: 6))
      #expect(order.sorted() == Array(0..<count))
    }
  }

  @Test(arguments: [2, 50, 300])
  func `equal distances work`(count: Int) {
    let rows = ActivationProfiles(Matrix(rowCount: count, columnCount: 2, repeating: 1)).unitRows
    let distances = SquareDistances.cosine(rows)
    let order = GreedyPath.order(distances, NeighborLists(distances, width: 10))
    #expect(order.sorted() == Array(0..<count))
  }
}
