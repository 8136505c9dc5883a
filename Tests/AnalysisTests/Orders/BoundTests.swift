import Tensors
import Testing

@testable import Analysis

@Suite struct BoundTests {
  @Test(arguments: 3...12, UInt64(0)..<6)
  func `no potentials prove more than the shortest path`(count: Int, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let distances = SquareDistances.cosine(
      ActivationProfiles(randomMatrix(count, 4, seed: seed)).unitRows)
    let shortest = distances.pathLength(ExactPath.order(count) { distances[$0, $1] })
    let anyPotentials = (0..<count).map { _ in random.unit() - 0.5 }
    #expect(OneTreeBound.bound(distances, anyPotentials) <= shortest + 1e-6)
    var ascent = PotentialAscent(
      distances, NeighborLists(distances, width: 5), path: Array(0..<count))
    let good = ascent.climb(iterations: 100, target: shortest)
    let bound = OneTreeBound.bound(distances, good)
    #expect(bound <= shortest + 1e-6)
    #expect(bound >= OneTreeBound.bound(distances, Array(repeating: 0, count: count)) - 1e-6)
  }

  @Test(arguments: UInt64(0)..<10)
  func `the spanning tree is as light as Prim's`(seed: UInt64) {
    let count = 40
    let distances = SquareDistances.cosine(
      ActivationProfiles(randomMatrix(count, 3, seed: seed)).unitRows)
    var tree = SpanningTree(count: count)
    tree.begin(edgeCount: count * count)
    var lengths: [Float] = []
    for one in 0..<count {
      for other in 0..<one {
        tree.add(
          lengths.count, Int32(one), Int32(other), distances[one, other])
        lengths.append(distances[one, other])
      }
    }
    tree.build()
    let weight = tree.chosen.reduce(0.0) { $0 + Double(lengths[$1]) }
    let zero = Array(repeating: 0.0, count: count)
    #expect(tree.chosen.count == count - 1)
    #expect(abs(weight - OneTreeBound.bound(distances, zero)) < 1e-5)
  }

  @Test(arguments: [Float.infinity, .nan, -.infinity], [17, 40])
  func `items without a distance are all on the path`(odd: Float, count: Int) {
    for distances in oddDistances(count, odd, seed: 4) {
      let path = ShortestPath(distances, budget: 50, seed: 1)
      #expect(path.order.sorted() == Array(0..<count))
    }
  }
}
