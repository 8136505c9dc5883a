import Tensors
import Testing

@testable import Analysis

@Suite struct OptimalLeafOrderTests {
  @Test(arguments: 3...9, UInt64(0)..<8)
  func `no order that the tree allows is shorter`(count: Int, seed: UInt64) throws {
    let distances = SquareDistances.cosine(
      ActivationProfiles(randomMatrix(count, 3, seed: seed)).unitRows)
    let tree = try Linkage(method: .average).dendrogram(distances)
    let found = OptimalLeafOrder.order(tree, distances)
    let allowed = allowedOrders(tree, tree.root ?? 0)
    #expect(allowed.count == 1 << (count - 1))
    #expect(allowed.contains(found) || allowed.contains(found.reversed()))
    let shortest = allowed.map { distances.pathLength($0) }.min() ?? 0
    #expect(abs(distances.pathLength(found) - shortest) < 1e-6)
  }

  @Test func `a chain of merges works`() throws {
    let rows = (0..<70).flatMap { [Float(1), Float($0 * $0) / 500] }
    let distances = SquareDistances.cosine(
      ActivationProfiles(Matrix(rowCount: 70, columnCount: 2, values: rows)).unitRows)
    let tree = try Linkage(method: .average).dendrogram(distances)
    #expect(OptimalLeafOrder.order(tree, distances).sorted() == Array(0..<70))
  }

  @Test(arguments: [Float.infinity, .nan, -.infinity], [3, 4, 9, 20])
  func `leaves without a distance are all in the order`(odd: Float, count: Int) throws {
    let sound = SquareDistances.cosine(
      ActivationProfiles(randomMatrix(count, 3, seed: 5)).unitRows)
    let tree = try Linkage(method: .average).dendrogram(sound)
    for distances in oddDistances(count, odd, seed: 5) {
      #expect(OptimalLeafOrder.order(tree, distances).sorted() == Array(0..<count))
    }
  }
}

/// Every order that turning children round can make.
private func allowedOrders(_ tree: Dendrogram, _ node: Int) -> [[Int]] {
  guard let merge = tree.merge(of: node) else { return [[node]] }
  let (left, right) = (allowedOrders(tree, merge.left), allowedOrders(tree, merge.right))
  return left.flatMap { one in right.flatMap { [one + $0, $0 + one] } }
}
