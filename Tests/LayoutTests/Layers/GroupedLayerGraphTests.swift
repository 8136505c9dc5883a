import Layout
import Tensors
import TestSupport
import Testing

@Suite struct GroupedLayerGraphTests {
  @Test func `a folded group is one node with the edges that leave it`() throws {
    let graph = try chain(6, extra: [(0, 4), (1, 1), (5, 5)])
    let grouped = try #require(
      GroupedLayerGraph(graph, groups: [nil, 0, 0, 0, nil, nil], groupHeights: [3]))
    let open = LayeredLayouts().layout(grouped, folded: [false])
    #expect(open.elements == (0..<6).map { LayerElement.node($0) })
    #expect(open.layout == LayeredLayouts().layout(graph))
    let folded = LayeredLayouts().layout(grouped, folded: [true])
    #expect(folded.elements == [.node(0), .group(0), .node(4), .node(5)])
    #expect(folded.graph.heights == [1, 3, 1, 1])
    let edges = folded.graph.edges.map { [$0.source, $0.target] }
    #expect(edges == [[0, 1], [1, 2], [2, 3], [0, 2], [1, 1], [3, 3]])
    #expect(folded.layout.ranks == [0, 1, 2, 3])
  }

  @Test func `groups and heights must match the nodes`() throws {
    let graph = try chain(3)
    #expect(GroupedLayerGraph(graph, groups: [nil, 0], groupHeights: [1]) == nil)
    #expect(GroupedLayerGraph(graph, groups: [nil, 1, 0], groupHeights: [1]) == nil)
    #expect(GroupedLayerGraph(graph, groups: [nil, 0, 0], groupHeights: [0]) == nil)
  }

  @Test func `opening a group pushes what follows to the right and nothing else`() throws {
    let graph = try chain(9, extra: [(0, 8)])
    let grouped = try #require(
      GroupedLayerGraph(
        graph, groups: [nil, nil, 0, 0, 0, 1, 1, 1, nil], groupHeights: [1, 1]))
    let layouts = LayeredLayouts()
    let closed = layouts.layout(grouped, folded: [true, true])
    let half = layouts.layout(grouped, folded: [false, true], previous: closed)
    #expect(half.layout.ranks == [0, 1, 2, 3, 4, 5, 6])
    #expect(half.layout.span == layouts.layout(grouped, folded: [false, true]).layout.span)
    let back = layouts.layout(grouped, folded: [true, true], previous: half)
    #expect(back.layout.lanes == closed.layout.lanes)
    #expect(back.layout.ranks == closed.layout.ranks)
  }

  @Test(arguments: UInt64(0)..<100)
  func `what did not change keeps its lane and the order of ranks`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let grouped = try randomGroups(seed: seed)
    var folded = (0..<4).map { _ in random.next() & 1 == 0 }
    let layouts = LayeredLayouts()
    var last = layouts.layout(grouped, folded: folded)
    for _ in 0..<4 {
      folded[Int.random(in: 0..<4, using: &random)].toggle()
      let next = layouts.layout(grouped, folded: folded, previous: last)
      expectSound(next)
      expectUnmoved(last, next)
      #expect(next == layouts.layout(grouped, folded: folded, previous: last))
      last = next
    }
  }

  @Test(arguments: 0..<12, UInt64(0)..<4)
  func `whenever it is stopped a layout is sound`(asked: Int, seed: UInt64) throws {
    let grouped = try randomGroups(seed: seed)
    let layouts = LayeredLayouts()
    let first = layouts.layout(
      grouped, folded: [true, false, true, false], isCancelled: Stop(after: asked).isCancelled)
    expectSound(first)
    let next = layouts.layout(
      grouped, folded: [false, false, true, true], previous: first,
      isCancelled: Stop(after: asked).isCancelled)
    expectSound(next)
    expectUnmoved(first, next)
  }

  @Test func `a layout of something else is not followed`() throws {
    let (one, other) = (try randomGroups(seed: 1), try randomGroups(seed: 2))
    let strange = LayeredLayouts().layout(other, folded: [true, false, true, false])
    let found = LayeredLayouts().layout(one, folded: [false], previous: strange)
    expectSound(found)
    var broken = found
    broken.layout.lanes = broken.layout.lanes.map { _ in 0 }
    broken.layout.ranks = broken.layout.ranks.map { _ in 0 }
    #expect(
      LayeredLayouts().layout(one, folded: [false], previous: broken)
        == LayeredLayouts().layout(one, folded: [false]))
  }

  @Test func `no groups and no nodes work`() throws {
    let none = try #require(LayerGraph(nodeCount: 0, edges: []))
    let empty = try #require(GroupedLayerGraph(none, groups: [], groupHeights: []))
    let found = LayeredLayouts().layout(empty, folded: [])
    #expect(found.elements.isEmpty)
    #expect(LayeredLayouts().layout(empty, folded: [], previous: found) == found)
  }
}

private func chain(_ count: Int, extra: [(Int, Int)] = []) throws -> LayerGraph {
  let edges = (1..<count).map { LayerGraph.Edge($0 - 1, $0) }
  return try #require(
    LayerGraph(
      nodeCount: count, edges: edges + extra.map { LayerGraph.Edge($0.0, $0.1) }))
}

/// Twenty nodes with edges that mostly lead forward, a few loops and cycles, in four groups.
private func randomGroups(seed: UInt64) throws -> GroupedLayerGraph {
  var random = SeededGenerator(seed: seed)
  let edges = (0..<32).map { _ -> LayerGraph.Edge in
    let source = Int.random(in: 0..<20, using: &random)
    let step = Int.random(in: -1...5, using: &random)
    return LayerGraph.Edge(source, max(0, min(19, source + step)))
  }
  let heights = (0..<20).map { _ in Int.random(in: 1...2, using: &random) }
  let groups = (0..<20).map { node -> Int? in random.unit() < 0.7 ? node / 5 : nil }
  let graph = try #require(LayerGraph(nodeCount: 20, edges: edges, heights: heights))
  return try #require(GroupedLayerGraph(graph, groups: groups, groupHeights: [1, 2, 3, 1]))
}

private func expectUnmoved(_ before: GroupedLayout, _ after: GroupedLayout) {
  let pairs = before.elements.indices.compactMap { old in
    after.elements.firstIndex(of: before.elements[old]).map { (old: old, new: $0) }
  }
  for one in pairs {
    #expect(before.layout.lanes[one.old] == after.layout.lanes[one.new])
    for other in pairs {
      let was = before.layout.ranks[one.old] - before.layout.ranks[other.old]
      let now = after.layout.ranks[one.new] - after.layout.ranks[other.new]
      #expect(was.signum() == now.signum())
    }
  }
}

/// Nothing overlaps, neither nodes nor edges that pass them; every edge has its way.
private func expectSound(_ found: GroupedLayout) {
  let (graph, layout) = (found.graph, found.layout)
  let edges = graph.edges.indices.filter { graph.edges[$0].source != graph.edges[$0].target }
  #expect(layout.routes.map(\.edge) == edges)
  var taken = Array(repeating: [Range<Int>](), count: layout.orders.count)
  for node in 0..<graph.nodeCount {
    taken[layout.ranks[node]].append(
      layout.lanes[node]..<layout.lanes[node] + graph.heights[node])
  }
  var passing: Set<[Int]> = []
  for route in layout.routes {
    let ends = [graph.edges[route.edge].source, graph.edges[route.edge].target].sorted {
      layout.ranks[$0] < layout.ranks[$1]
    }
    let (low, high) = (layout.ranks[ends[0]], layout.ranks[ends[1]])
    #expect(low < high)
    #expect((route.lane == nil) == (high - low == 1))
    guard let lane = route.lane, passing.insert(ends).inserted else { continue }
    for rank in low + 1..<high { taken[rank].append(lane..<lane + 1) }
  }
  for ranges in taken {
    let ordered = ranges.sorted { $0.lowerBound < $1.lowerBound }
    for (one, other) in zip(ordered, ordered.dropFirst()) {
      #expect(one.upperBound <= other.lowerBound)
    }
    #expect(ordered.last?.upperBound ?? 0 <= layout.laneCount)
  }
}
