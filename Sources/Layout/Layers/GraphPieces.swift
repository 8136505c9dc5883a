/// A graph cut at the ranks in which one block stands alone. What is left of such a rank never
/// crosses what is right of it, and networks repeat themselves: equal pieces have equal orders.
struct GraphPieces {
  /// Part of the graph between two such ranks, both included.
  struct Piece {
    /// Blocks of the whole graph, by first rank, then by number.
    var members: [Int]
    /// The same blocks numbered from 0, in ranks from 0, with the links between them.
    var blocks: BlockGraph
  }

  private(set) var pieces: [Piece] = []

  /// - Complexity: O(blocks · ranks they pass + links).
  init(_ graph: BlockGraph) {
    let byRank = graph.blocksByRank()
    guard !byRank.isEmpty else { return }
    let last = byRank.count - 1
    var start = 0
    for rank in 1..<max(1, byRank.count) where byRank[rank].count == 1 || rank == last {
      pieces.append(Self.piece(graph, byRank, start...rank))
      start = rank
    }
    if byRank.count == 1 { pieces.append(Self.piece(graph, byRank, 0...0)) }
  }

  private static func piece(
    _ graph: BlockGraph, _ byRank: [[Int]], _ ranks: ClosedRange<Int>
  ) -> Piece {
    var numbers: [Int: Int] = [:]
    var members: [Int] = []
    for rank in ranks {
      for block in byRank[rank] where numbers[block] == nil {
        numbers[block] = members.count
        members.append(block)
      }
    }
    var blocks = BlockGraph(
      first: members.map { max(graph.first[$0], ranks.lowerBound) - ranks.lowerBound },
      last: members.map { min(graph.last[$0], ranks.upperBound) - ranks.lowerBound })
    for (number, block) in members.enumerated() where graph.last[block] < ranks.upperBound {
      for next in graph.after[block] {
        if let target = numbers[next] { blocks.link(number, target) }
      }
    }
    return Piece(members: members, blocks: blocks)
  }

  /// Orders of the pieces as one: labels of the whole graph's blocks.
  ///
  /// Pieces that follow each other share the block of the rank between them, and nothing else.
  func joined(_ orders: [[Double]], count: Int) -> [Double] {
    var labels = Array(repeating: 0.0, count: count)
    var isPlaced = Array(repeating: false, count: count)
    for (piece, order) in zip(pieces, orders) {
      let shared = piece.members.indices.first { isPlaced[piece.members[$0]] }
      let shift = shared.map { labels[piece.members[$0]] - order[$0] } ?? 0
      for (number, block) in piece.members.enumerated() where !isPlaced[block] {
        labels[block] = order[number] + shift
        isPlaced[block] = true
      }
    }
    return labels
  }
}
