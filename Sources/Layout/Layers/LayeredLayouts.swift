/// Lays out layered graphs: from layers to columns and rows.
///
/// The framework is that of K. Sugiyama, S. Tagawa and M. Toda (IEEE Trans. SMC 11(2), 1981): no
/// cycles, ranks, orders, lanes; each pass has its own file and source. Equal graphs get equal
/// layouts.
public struct LayeredLayouts: Sendable {
  /// Attempts at fewer crossings for each block of each distinct piece of the graph.
  public var effort = 12
  /// Start of all chance.
  public var seed: UInt64 = 1
  /// Empty lanes between neighbours of one rank.
  public var gap = 0

  /// The defaults.
  public init() {}

  /// The layout of `graph`.
  ///
  /// - Parameter isCancelled: Asked now and then; true ends with the best found.
  /// - Complexity: near O((nodes + edges) log edges) for real networks, whose pieces are small and
  ///   repeat; graphs that cannot be cut take O(effort · blocks) sifting rounds.
  public func layout(
    _ graph: LayerGraph, isCancelled: () -> Bool = { false }
  ) -> LayeredLayout {
    let flow = FlowGraph(graph)
    let ranks = assignRanks(flow)
    let (blocks, passing) = BlockGraph.make(flow, ranks: ranks)
    let labels = CrossingReduction(effort: max(0, effort), seed: seed)
      .order(blocks, isCancelled: isCancelled)
    let heights = graph.heights + Array(repeating: 1, count: blocks.count - graph.nodeCount)
    let lanes = LanePlacement.lanes(blocks, heights: heights, labels: labels, gap: max(0, gap))
    let orders = blocks.blocksByRank().map { rank in
      rank.filter { $0 < graph.nodeCount }.sorted { labels[$0] < labels[$1] }
    }
    return LayeredLayout(
      ranks: ranks, lanes: Array(lanes.prefix(graph.nodeCount)), orders: orders,
      routes: routes(flow, passing, lanes), crossings: crossingCount(blocks, labels),
      span: flow.edges.reduce(0) { $0 + ranks[$1.target] - ranks[$1.source] },
      laneCount: zip(lanes, heights).map { $0 + $1 }.max() ?? 0)
  }

  private func routes(
    _ flow: FlowGraph, _ passing: [Int?], _ lanes: [Int]
  ) -> [LayeredLayout.Route] {
    flow.flowEdge.indices.compactMap { edge in
      flow.flowEdge[edge].map { along in
        LayeredLayout.Route(
          edge: edge, lane: passing[along].map { lanes[$0] }, isReversed: flow.isReversed[edge])
      }
    }
  }
}
