import Tensors
import Testing

@testable import Layout

@Suite struct CrossingReductionTests {
  @Test(arguments: UInt64(0)..<20)
  func `crossings are those of pairs of edges`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let blocks = randomBlocks(seed: seed)
    let labels = (0..<blocks.count).map { Double($0) }.shuffled(using: &random)
    #expect(crossingCount(blocks, labels) == crossingsByPairs(blocks, labels))
  }

  @Test(arguments: UInt64(0)..<20)
  func `what a move says it changes is what changes`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let blocks = randomBlocks(seed: seed)
    var sifting = BlockSifting(blocks)
    var crossings = crossingCount(blocks, sifting.labels)
    for step in 0..<100 {
      let block = Int.random(in: 0..<blocks.count, using: &random)
      crossings +=
        step.isMultiple(of: 3)
        ? sifting.sift(block)
        : sifting.shift(block, using: &random)
      #expect(crossingCount(blocks, sifting.labels) == crossings)
    }
  }

  @Test(arguments: UInt64(0)..<12)
  func `small graphs get the fewest crossings of all orders`(seed: UInt64) {
    let blocks = randomBlocks(seed: seed, ranks: 3, perRank: 2...3, longShare: 2)
    let labels = CrossingReduction(effort: 12, seed: 1).order(blocks)
    #expect(crossingCount(blocks, labels) == fewestCrossings(blocks))
  }
}

private func randomBlocks(
  seed: UInt64, ranks: Int = 5, perRank: ClosedRange<Int> = 2...6, longShare: Int = 3
) -> BlockGraph {
  var random = SeededGenerator(seed: seed)
  let nodeRanks = (0..<ranks).flatMap { rank in
    Array(repeating: rank, count: Int.random(in: perRank, using: &random))
  }
  var edges: [LayerGraph.Edge] = []
  for target in nodeRanks.indices {
    for source in nodeRanks.indices where nodeRanks[source] < nodeRanks[target] {
      let span = nodeRanks[target] - nodeRanks[source]
      if Int.random(in: 0..<(span == 1 ? 2 : 6 * longShare), using: &random) == 0 {
        edges.append(LayerGraph.Edge(source, target))
      }
    }
  }
  guard let graph = LayerGraph(nodeCount: nodeRanks.count, edges: edges) else {
    return BlockGraph(first: [], last: [])
  }
  return BlockGraph.make(FlowGraph(graph), ranks: nodeRanks).blocks
}

/// Segments between neighbouring ranks, each pair compared.
private func crossingsByPairs(_ blocks: BlockGraph, _ labels: [Double]) -> Int {
  var segments: [(rank: Int, from: Double, to: Double)] = []
  for block in 0..<blocks.count {
    for rank in blocks.first[block]..<blocks.last[block] {
      segments.append((rank, labels[block], labels[block]))
    }
    for next in blocks.after[block] {
      segments.append((blocks.last[block], labels[block], labels[next]))
    }
  }
  var count = 0
  for (index, one) in segments.enumerated() {
    for other in segments[..<index] where one.rank == other.rank {
      if (one.from - other.from) * (one.to - other.to) < 0 { count += 1 }
    }
  }
  return count
}

/// Every order of every rank; no block may stand in more than one.
private func fewestCrossings(_ blocks: BlockGraph) -> Int {
  var best = Int.max
  func arrange(_ ranks: ArraySlice<[Int]>, _ labels: [Double]) {
    guard let rank = ranks.first else {
      best = min(best, crossingCount(blocks, labels))
      return
    }
    for order in permutations(rank) {
      var labels = labels
      for (place, block) in order.enumerated() { labels[block] = Double(place) }
      arrange(ranks.dropFirst(), labels)
    }
  }
  arrange(blocks.blocksByRank()[...], Array(repeating: 0, count: blocks.count))
  return best
}

private func permutations(_ items: [Int]) -> [[Int]] {
  guard items.count > 1 else { return [items] }
  return items.flatMap { first in
    permutations(items.filter { $0 != first }).map { [first] + $0 }
  }
}
