import Tensors
import Testing

@testable import Layout

@Suite struct LayeredLayoutsTests {
  @Test(arguments: UInt64(0)..<30)
  func `edges lead right, nodes don't overlap, passing edges stay clear`(seed: UInt64) throws {
    let graph = randomGraph(seed: seed)
    let layout = LayeredLayouts().layout(graph)
    for route in layout.routes {
      let edge = graph.edges[route.edge]
      let step = layout.ranks[edge.target] - layout.ranks[edge.source]
      #expect(route.isReversed ? step < 0 : step > 0)
      #expect((route.lane == nil) == (step.magnitude == 1))
    }
    #expect(layout.routes.map(\.edge) == graph.edges.indices.filter { !isLoop(graph, $0) })
    #expect(layout.orders.joined().sorted() == Array(0..<graph.nodeCount))
    for (rank, order) in layout.orders.enumerated() {
      #expect(order.allSatisfy { layout.ranks[$0] == rank })
      var end = 0
      for node in order {
        #expect(layout.lanes[node] >= end)
        end = layout.lanes[node] + graph.heights[node]
      }
      #expect(end <= layout.laneCount)
      for route in layout.routes where passes(graph, layout, route, rank) {
        for node in order {
          let lanes = layout.lanes[node]..<layout.lanes[node] + graph.heights[node]
          #expect(!lanes.contains(route.lane ?? -1))
        }
      }
    }
  }

  @Test(arguments: UInt64(0)..<60)
  func `no assignment of ranks is shorter`(seed: UInt64) throws {
    let graph = FlowGraph(randomGraph(seed: seed, nodes: 6))
    let ranks = assignRanks(graph)
    let span = graph.edges.reduce(0) { $0 + ranks[$1.target] - ranks[$1.source] }
    #expect(graph.edges.allSatisfy { ranks[$0.target] > ranks[$0.source] })
    #expect(span == shortestSpan(graph))
  }

  @Test func `a late side input stands beside what it feeds`() throws {
    let edges = (0..<9).map { LayerGraph.Edge($0, $0 + 1) } + [LayerGraph.Edge(10, 9)]
    let graph = try #require(LayerGraph(nodeCount: 11, edges: edges))
    let layout = LayeredLayouts().layout(graph)
    #expect(layout.ranks[10] == 8)
    #expect(layout.span == 10)
  }

  @Test func `a chain is one straight line`() throws {
    let edges = (0..<40).map { LayerGraph.Edge($0, $0 + 1) }
    let layout = LayeredLayouts().layout(try #require(LayerGraph(nodeCount: 41, edges: edges)))
    #expect(layout.ranks == Array(0...40))
    #expect(layout.lanes == Array(repeating: 0, count: 41))
    #expect(layout.crossings == 0)
  }

  @Test func `residual blocks have no crossings and share one layout`() throws {
    var edges: [LayerGraph.Edge] = []
    for block in 0..<30 {
      let start = block * 3
      edges += [(0, 1), (1, 2), (2, 3), (0, 3)].map { LayerGraph.Edge(start + $0, start + $1) }
    }
    let layout = LayeredLayouts().layout(try #require(LayerGraph(nodeCount: 91, edges: edges)))
    #expect(layout.crossings == 0)
    #expect(layout.span == 30 * 6)
    #expect(layout.laneCount == 2)
  }

  @Test func `a planar graph drawn crosswise is untangled`() throws {
    // Two rails with rungs, nodes numbered at random.
    var random = SeededGenerator(seed: 4)
    let names = Array(0..<24).shuffled(using: &random)
    var edges: [LayerGraph.Edge] = []
    for step in 0..<11 {
      let (one, other) = (2 * step, 2 * step + 1)
      edges.append(LayerGraph.Edge(names[one], names[one + 2]))
      edges.append(LayerGraph.Edge(names[other], names[other + 2]))
      edges.append(LayerGraph.Edge(names[one], names[other + 2]))
    }
    let layout = LayeredLayouts().layout(try #require(LayerGraph(nodeCount: 24, edges: edges)))
    #expect(layout.crossings == 0)
  }

  @Test func `cycles, loops and repetitions are taken`() throws {
    let edges = [(0, 1), (1, 2), (2, 0), (1, 1), (0, 1), (2, 3)].map {
      LayerGraph.Edge($0.0, $0.1)
    }
    let layout = LayeredLayouts().layout(try #require(LayerGraph(nodeCount: 4, edges: edges)))
    #expect(layout.ranks == [0, 1, 2, 3])
    #expect(layout.routes.map(\.edge) == [0, 1, 2, 4, 5])
    #expect(layout.routes.map(\.isReversed) == [false, false, true, false, false])
  }

  @Test func `unknown nodes and heights below one are refused`() {
    #expect(LayerGraph(nodeCount: 2, edges: [LayerGraph.Edge(0, 2)]) == nil)
    #expect(LayerGraph(nodeCount: 1, edges: [], heights: [0]) == nil)
    #expect(LayerGraph(nodeCount: -1, edges: []) == nil)
  }

  @Test(arguments: 0...3)
  func `nodes without edges stand one below the other`(count: Int) throws {
    let layout = LayeredLayouts().layout(try #require(LayerGraph(nodeCount: count, edges: [])))
    #expect(layout.ranks == Array(repeating: 0, count: count))
    #expect(layout.lanes.sorted() == Array(0..<count))
  }

  @Test func `equal graphs get equal layouts, cancelled ones sound layouts`() {
    let graph = randomGraph(seed: 5, nodes: 30)
    #expect(LayeredLayouts().layout(graph) == LayeredLayouts().layout(graph))
    #expect(LayeredLayouts().layout(graph) { true }.ranks == LayeredLayouts().layout(graph).ranks)
  }
}

private func isLoop(_ graph: LayerGraph, _ edge: Int) -> Bool {
  graph.edges[edge].source == graph.edges[edge].target
}

private func passes(
  _ graph: LayerGraph, _ layout: LayeredLayout, _ route: LayeredLayout.Route, _ rank: Int
) -> Bool {
  let ends = [graph.edges[route.edge].source, graph.edges[route.edge].target]
    .map { layout.ranks[$0] }
  return min(ends[0], ends[1]) < rank && rank < max(ends[0], ends[1])
}

private func randomGraph(seed: UInt64, nodes: Int = 14) -> LayerGraph {
  var random = SeededGenerator(seed: seed)
  let edges = (0..<nodes * 3 / 2).map { _ in
    LayerGraph.Edge(
      Int.random(in: 0..<nodes, using: &random), Int.random(in: 0..<nodes, using: &random))
  }
  let heights = (0..<nodes).map { _ in Int.random(in: 1...3, using: &random) }
  guard let graph = LayerGraph(nodeCount: nodes, edges: edges, heights: heights) else {
    fatalError("edges name nodes that exist")
  }
  return graph
}

/// Tries every assignment of ranks.
private func shortestSpan(_ graph: FlowGraph) -> Int {
  var best = Int.max
  func assign(_ ranks: [Int]) {
    if ranks.count == graph.nodeCount {
      if graph.edges.allSatisfy({ ranks[$0.target] > ranks[$0.source] }) {
        best = min(best, graph.edges.reduce(0) { $0 + ranks[$1.target] - ranks[$1.source] })
      }
      return
    }
    for rank in 0..<graph.nodeCount { assign(ranks + [rank]) }
  }
  assign([])
  return best
}
