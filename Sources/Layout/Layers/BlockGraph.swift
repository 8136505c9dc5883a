/// What stands in ranks: nodes, and edges that pass ranks between their ends. A passing edge is
/// one block over all the ranks it passes, so that it stays straight and moves as a whole.
struct BlockGraph: Hashable {
  /// First and last rank of each block; nodes first, then passing edges.
  private(set) var first: [Int]
  private(set) var last: [Int]
  /// Blocks linked to each block's first and last rank.
  private(set) var before: [[Int]]
  private(set) var after: [[Int]]

  /// Blocks without links.
  init(first: [Int], last: [Int]) {
    self.first = first
    self.last = last
    before = Array(repeating: [], count: first.count)
    after = before
  }

  /// - Returns: The blocks, and for each edge of the flow the block it passes as, if any.
  static func make(_ graph: FlowGraph, ranks: [Int]) -> (blocks: BlockGraph, passing: [Int?]) {
    var blocks = BlockGraph(first: ranks, last: ranks)
    var passing: [Int?] = []
    for edge in graph.edges {
      if ranks[edge.target] - ranks[edge.source] > 1 {
        let block = blocks.count
        blocks.first.append(ranks[edge.source] + 1)
        blocks.last.append(ranks[edge.target] - 1)
        blocks.before.append([])
        blocks.after.append([])
        blocks.link(edge.source, block)
        blocks.link(block, edge.target)
        passing.append(block)
      } else {
        blocks.link(edge.source, edge.target)
        passing.append(nil)
      }
    }
    return (blocks, passing)
  }

  var count: Int { first.count }

  var rankCount: Int { (last.max() ?? -1) + 1 }

  mutating func link(_ source: Int, _ target: Int) {
    after[source].append(target)
    before[target].append(source)
  }

  /// Blocks that stand in each rank.
  func blocksByRank() -> [[Int]] {
    var result = Array(repeating: [Int](), count: rankCount)
    for block in 0..<count {
      for rank in first[block]...last[block] { result[rank].append(block) }
    }
    return result
  }
}
