/// A ``LayerGraph`` without loops, repetitions and cycles.
struct FlowGraph {
  let nodeCount: Int
  /// Distinct edges along the flow, in the order of their first appearance.
  private(set) var edges: [LayerGraph.Edge] = []
  /// Edge of the flow for each edge of the graph; nil for loops.
  private(set) var flowEdge: [Int?] = []
  /// Whether each edge of the graph runs against its flow edge.
  private(set) var isReversed: [Bool] = []

  /// Turns the edges round that lead back in a depth-first walk from the sources, lowest node
  /// first.
  ///
  /// - Complexity: O(nodes + edges), no recursion.
  init(_ graph: LayerGraph) {
    self.init(graph, places: Self.finishOrder(graph))
  }

  /// Turns the edges round that lead to a lower place, or to a lower node at the same.
  init(_ graph: LayerGraph, places: [Int]) {
    nodeCount = graph.nodeCount
    var known: [LayerGraph.Edge: Int] = [:]
    for edge in graph.edges {
      if edge.source == edge.target {
        flowEdge.append(nil)
        isReversed.append(false)
        continue
      }
      let isBack = (places[edge.source], edge.source) > (places[edge.target], edge.target)
      let along = isBack ? LayerGraph.Edge(edge.target, edge.source) : edge
      if known[along] == nil {
        known[along] = edges.count
        edges.append(along)
      }
      flowEdge.append(known[along])
      isReversed.append(isBack)
    }
  }

  /// Place of each node in an order that all edges follow but those that close cycles.
  private static func finishOrder(_ graph: LayerGraph) -> [Int] {
    var targets = Array(repeating: [Int](), count: graph.nodeCount)
    var isTarget = Array(repeating: false, count: graph.nodeCount)
    for edge in graph.edges where edge.source != edge.target {
      targets[edge.source].append(edge.target)
      isTarget[edge.target] = true
    }
    let starts = (0..<graph.nodeCount).filter { !isTarget[$0] } + Array(0..<graph.nodeCount)
    var next = Array(repeating: 0, count: graph.nodeCount)
    var isSeen = Array(repeating: false, count: graph.nodeCount)
    var finished: [Int] = []
    for start in starts where !isSeen[start] {
      isSeen[start] = true
      var path = [start]
      while let node = path.last {
        if next[node] < targets[node].count {
          let target = targets[node][next[node]]
          next[node] += 1
          if !isSeen[target] {
            isSeen[target] = true
            path.append(target)
          }
        } else {
          finished.append(node)
          path.removeLast()
        }
      }
    }
    var places = Array(repeating: 0, count: graph.nodeCount)
    for (place, node) in finished.reversed().enumerated() { places[node] = place }
    return places
  }
}
