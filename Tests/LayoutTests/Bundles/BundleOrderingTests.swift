import Layout
import Tensors
import TestSupport
import Testing

@Suite struct BundleOrderingTests {
  @Test(arguments: UInt64(0)..<20)
  func `orders are permutations and crossings those of their links`(seed: UInt64) throws {
    let graph = try randomBundles(seed: seed)
    let found = BundleOrdering().order(graph)
    expectSound(found, graph)
    #expect(found == BundleOrdering().order(graph))
  }

  @Test(arguments: [0, 1, 2, 3, 5, 8])
  func `whenever it is stopped orders are permutations`(asked: Int) throws {
    var ordering = BundleOrdering()
    ordering.effort = 1
    // More nodes and bundles than are ordered from several starts.
    let wide = try #require(
      BundleGraph(
        columnSizes: [40, 40],
        gaps: [(0..<45).map { BundleGraph.Bundle(left: [$0 % 40], right: [$0 * 11 % 40]) }]))
    for graph in [try randomBundles(seed: 1), try randomBundles(seed: 2), wide] {
      let found = ordering.order(graph, isCancelled: Stop(after: asked).isCancelled)
      expectSound(found, graph)
    }
  }

  @Test func `parallel bundles are untangled`() throws {
    let bundles = [3, 0, 4, 1, 2].map { BundleGraph.Bundle(left: [$0], right: [(7 * $0 + 3) % 5]) }
    let graph = try #require(BundleGraph(columnSizes: [5, 5], gaps: [bundles]))
    let found = BundleOrdering().order(graph)
    #expect(found.crossings == 0)
    #expect(abs(found.ink - 5) < 1e-9)
  }

  @Test func `a bundle of nodes that do not exist is refused`() {
    let bundle = BundleGraph.Bundle(left: [2], right: [0])
    #expect(BundleGraph(columnSizes: [2, 2], gaps: [[bundle]]) == nil)
    #expect(BundleGraph(columnSizes: [2, 2], gaps: []) == nil)
  }

  @Test func `empty columns work`() throws {
    let graph = try #require(BundleGraph(columnSizes: [0, 3], gaps: [[]]))
    #expect(BundleOrdering().order(graph).columnOrders.map(\.count) == [0, 3])
    #expect(BundleOrdering().order(try #require(BundleGraph(columnSizes: [], gaps: []))).ink == 0)
  }

  @Test func `very wide gaps are ordered by sweeps`() throws {
    let bundles = (0..<3000).map {
      BundleGraph.Bundle(left: [$0 * 7 % 60], right: [$0 * 7 % 60])
    }
    let graph = try #require(BundleGraph(columnSizes: [60, 60], gaps: [bundles]))
    var ordering = BundleOrdering()
    ordering.effort = 1
    #expect(ordering.order(graph).crossings == 0)
  }
}

private func randomBundles(seed: UInt64) throws -> BundleGraph {
  var random = SeededGenerator(seed: seed)
  let sizes = (0..<3).map { _ in Int.random(in: 2...6, using: &random) }
  let gaps = (0..<2).map { gap in
    (0..<4).map { _ in
      BundleGraph.Bundle(
        left: (0..<sizes[gap]).filter { _ in random.unit() < 0.4 },
        right: (0..<sizes[gap + 1]).filter { _ in random.unit() < 0.4 })
    }
  }
  return try #require(BundleGraph(columnSizes: sizes, gaps: gaps))
}

private func expectSound(_ found: BundledEdges, _ graph: BundleGraph) {
  for (order, size) in zip(found.columnOrders, graph.columnSizes) {
    #expect(order.sorted() == Array(0..<size))
  }
  for (order, bundles) in zip(found.gapOrders, graph.gaps) {
    #expect(order.sorted() == Array(bundles.indices))
  }
  #expect(found.crossings == crossings(graph, found))
}

private func crossings(_ graph: BundleGraph, _ found: BundledEdges) -> Int {
  var count = 0
  for (gap, bundles) in graph.gaps.enumerated() {
    let middle = places(found.gapOrders[gap])
    let left = bundles.indices.flatMap { bundle in
      bundles[bundle].left.map { (places(found.columnOrders[gap])[$0], middle[bundle]) }
    }
    let right = bundles.indices.flatMap { bundle in
      bundles[bundle].right.map { (middle[bundle], places(found.columnOrders[gap + 1])[$0]) }
    }
    for links in [left, right] {
      for (index, one) in links.enumerated() {
        for other in links[..<index] where (one.0 - other.0) * (one.1 - other.1) < 0 {
          count += 1
        }
      }
    }
  }
  return count
}

private func places(_ order: [Int]) -> [Int] {
  var result = Array(repeating: 0, count: order.count)
  for (place, item) in order.enumerated() { result[item] = place }
  return result
}
