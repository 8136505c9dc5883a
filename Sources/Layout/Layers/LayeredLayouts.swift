import Tensors

/// Lays out layered graphs: from layers to columns and rows.
///
/// The framework is that of K. Sugiyama, S. Tagawa and M. Toda (IEEE Trans. SMC 11(2), 1981): no
/// cycles, ranks, orders, lanes; each pass has its own file and source. Equal graphs get equal
/// layouts.
public struct LayeredLayouts: Sendable {
  /// Attempts at fewer crossings for each block of each distinct piece of the graph.
  public var effort = 4
  /// Start of all chance.
  public var seed: UInt64 = 1
  /// Empty lanes between neighbours of one rank.
  public var gap = 0

  /// The defaults.
  public init() {}

  /// The layout of `graph`.
  ///
  /// - Parameters:
  ///   - isCancelled: Asked now and then; true ends with the best found.
  ///   - progress: Told how far it is.
  /// - Complexity: near O((nodes + edges) log edges) for real networks, whose pieces are small and
  ///   repeat; graphs that cannot be cut take O(effort · blocks) sifting rounds.
  public func layout(
    _ graph: LayerGraph, isCancelled: () -> Bool = { false },
    progress: (WorkProgress) -> Void = { _ in }
  ) -> LayeredLayout {
    let flow = FlowGraph(graph)
    let ranks = assignRanks(flow)
    progress(WorkProgress(.ranks, share: 1))
    let (blocks, passing) = BlockGraph.make(flow, ranks: ranks)
    let labels = CrossingReduction(effort: max(0, effort), seed: seed)
      .order(blocks, isCancelled: isCancelled, progress: progress)
    let heights = graph.heights + Array(repeating: 1, count: blocks.count - graph.nodeCount)
    let lanes = LanePlacement.lanes(blocks, heights: heights, labels: labels, gap: max(0, gap))
    return LayeredLayout(
      flow: flow, passing: passing, ranks: ranks, blocks: blocks, lanes: lanes, heights: heights)
  }
}

extension LayeredLayout {
  /// What blocks in lanes amount to.
  ///
  /// - Parameters:
  ///   - passing: Block of each edge of the flow that passes ranks.
  ///   - lanes: First lane of each block.
  ///   - heights: Lanes each block takes.
  init(
    flow: FlowGraph, passing: [Int?], ranks: [Int], blocks: BlockGraph, lanes: [Int],
    heights: [Int]
  ) {
    let labels = lanes.map { Double($0) }
    let orders = blocks.blocksByRank().map { rank in
      rank.filter { $0 < flow.nodeCount }.sorted { lanes[$0] < lanes[$1] }
    }
    let routes = flow.flowEdge.indices.compactMap { edge in
      flow.flowEdge[edge].map { along in
        LayeredLayout.Route(
          edge: edge, lane: passing[along].map { lanes[$0] }, isReversed: flow.isReversed[edge])
      }
    }
    self.init(
      ranks: ranks, lanes: Array(lanes.prefix(flow.nodeCount)), orders: orders, routes: routes,
      crossings: crossingCount(blocks, labels),
      span: flow.edges.reduce(0) { $0 + ranks[$1.target] - ranks[$1.source] },
      laneCount: zip(lanes, heights).map { $0 + $1 }.max() ?? 0)
  }
}
