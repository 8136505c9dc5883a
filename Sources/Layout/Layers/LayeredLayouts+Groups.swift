import Tensors

extension LayeredLayouts {
  /// The layout of a graph while some groups are folded.
  ///
  /// With the layout shown before, what was there and still is does not move: elements keep their
  /// lanes, their order within ranks and the order of their ranks; ranks are only added or dropped
  /// where groups open and close. Edges of such elements keep their lanes, too, while those are
  /// free. What is new takes the free lanes with the fewest crossings, the nearest among equals.
  ///
  /// - Parameters:
  ///   - folded: Whether each group is folded; groups beyond its end are not.
  ///   - previous: A layout of the same graph with other groups folded; one that does not match
  ///     is not followed.
  ///   - isCancelled: Asked now and then; true ends with the best found.
  ///   - progress: Told how far it is.
  /// - Complexity: without `previous`, that of ``layout(_:isCancelled:progress:)``; with it, that
  ///   of network simplex and O(new edges · (ranks they pass + lanes)) places to look at, with the
  ///   links beside each.
  public func layout(
    _ grouped: GroupedLayerGraph, folded: [Bool], previous: GroupedLayout? = nil,
    isCancelled: () -> Bool = { false }, progress: (WorkProgress) -> Void = { _ in }
  ) -> GroupedLayout {
    let shown = FoldedGraph(grouped, folded: folded)
    let kept = previous.flatMap { previous in
      keep(previous, shown, isCancelled: isCancelled, progress: progress)
    }
    return GroupedLayout(
      elements: shown.elements, graph: shown.graph,
      layout: kept ?? layout(shown.graph, isCancelled: isCancelled, progress: progress))
  }

  /// Nil when `previous` cannot be followed.
  private func keep(
    _ previous: GroupedLayout, _ shown: FoldedGraph, isCancelled: () -> Bool,
    progress: (WorkProgress) -> Void
  ) -> LayeredLayout? {
    let known = PreviousPlaces(previous)
    guard known.count > 0,
      let ranks = KeptRanks.ranks(shown.graph, known: shown.elements.map { known.rank(of: $0) })
    else { return nil }
    progress(WorkProgress(.ranks, share: 1))
    let flow = FlowGraph(shown.graph, places: ranks)
    let (blocks, passing) = BlockGraph.make(flow, ranks: ranks)
    let heights =
      shown.graph.heights
      + Array(repeating: 1, count: blocks.count - shown.graph.nodeCount)
    var lanes: [Int?] = shown.elements.map { known.lane(of: $0) }
    lanes += Array(repeating: nil, count: blocks.count - lanes.count)
    var wanted = lanes
    for (edge, block) in zip(flow.edges, passing) {
      guard let block else { continue }
      wanted[block] = known.lane(from: shown.elements[edge.source], shown.elements[edge.target])
    }
    let found = KeptLanes.lanes(
      blocks, heights: heights, gap: max(0, gap), fixed: lanes, wanted: wanted,
      isCancelled: isCancelled)
    progress(WorkProgress(.crossings, share: 1))
    return found.map { lanes in
      LayeredLayout(
        flow: flow, passing: passing, ranks: ranks, blocks: blocks, lanes: lanes,
        heights: heights)
    }
  }
}

/// Where elements and their edges were; looked up only.
private struct PreviousPlaces {
  private struct Ends: Hashable {
    var lower: LayerElement
    var upper: LayerElement
  }

  private var ranks: [LayerElement: Int] = [:]
  private var lanes: [LayerElement: Int] = [:]
  private var edgeLanes: [Ends: Int] = [:]

  init(_ previous: GroupedLayout) {
    let layout = previous.layout
    let count = min(previous.elements.count, layout.ranks.count, layout.lanes.count)
    for (number, element) in previous.elements.prefix(count).enumerated() {
      ranks[element] = layout.ranks[number]
      lanes[element] = layout.lanes[number]
    }
    for route in layout.routes where route.edge < previous.graph.edges.count {
      let edge = previous.graph.edges[route.edge]
      guard let lane = route.lane, max(edge.source, edge.target) < count else { continue }
      let (one, other) = (previous.elements[edge.source], previous.elements[edge.target])
      edgeLanes[Ends(lower: one, upper: other)] = lane
      edgeLanes[Ends(lower: other, upper: one)] = lane
    }
  }

  var count: Int { ranks.count }

  func rank(of element: LayerElement) -> Int? { ranks[element] }

  func lane(of element: LayerElement) -> Int? { lanes[element] }

  func lane(from lower: LayerElement, _ upper: LayerElement) -> Int? {
    edgeLanes[Ends(lower: lower, upper: upper)]
  }
}
