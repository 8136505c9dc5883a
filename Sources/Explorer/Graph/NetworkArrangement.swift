import Networks

/// The panes of the network screen in columns, with the edges between them.
struct NetworkArrangement: Sendable {
  var nodes: [PaneNode]
  /// Nodes of each column, left to right, top to bottom.
  var ranks: [[Int]]
  /// Sorted by source, then target; each leads to a later node.
  var edges: [PaneEdge]
  /// Node that shows each layer.
  var nodeOfLayer: [Int]
  /// Ways of the edges that skip columns.
  var lanes: [StreamLane]
  private let knownEdges: Set<PaneEdge>

  /// Columns by longest path from the input; edges against the order of layers, which only
  /// groups can make, are left out.
  ///
  /// - Complexity: O(layers + edges · log edges).
  init(_ network: Network, expanded: Set<LayerGroup>) {
    var nodes = paneNodes(of: network, expanded: expanded)
    var nodeOfLayer = Array(repeating: 0, count: network.layers.count)
    for (index, node) in nodes.enumerated() {
      for layer in node.layers { nodeOfLayer[layer] = index }
    }
    let edges = paneEdges(network, nodeOfLayer)
    for edge in edges {
      nodes[edge.target].rank = max(nodes[edge.target].rank, nodes[edge.source].rank + 1)
    }
    var ranks: [[Int]] = Array(repeating: [], count: (nodes.map(\.rank).max() ?? -1) + 1)
    for (index, node) in nodes.enumerated() { ranks[node.rank].append(index) }
    self.nodes = nodes
    self.ranks = ranks.filter { !$0.isEmpty }
    self.edges = edges
    self.nodeOfLayer = nodeOfLayer
    lanes = streamLanes(edges, ranks: nodes.map(\.rank))
    knownEdges = Set(edges)
  }

  func hasEdge(_ edge: PaneEdge) -> Bool { knownEdges.contains(edge) }

  /// From left to right: by the columns of source and target.
  func isBefore(_ a: PaneEdge, _ b: PaneEdge) -> Bool {
    (nodes[a.source].rank, nodes[a.target].rank, a.source, a.target)
      < (nodes[b.source].rank, nodes[b.target].rank, b.source, b.target)
  }

  /// The node that shows a layer; nil where there is no such layer.
  func node(showing layer: Int) -> Int? {
    nodeOfLayer.indices.contains(layer) ? nodeOfLayer[layer] : nil
  }
}

/// A connection between two panes.
struct PaneEdge: Hashable, Comparable, Sendable {
  var source: Int
  var target: Int

  static func < (a: Self, b: Self) -> Bool { (a.source, a.target) < (b.source, b.target) }
}

private func paneEdges(_ network: Network, _ nodeOfLayer: [Int]) -> [PaneEdge] {
  var edges: Set<PaneEdge> = []
  for edge in network.edges {
    guard case .layer(let source) = edge.source, case .layer(let target) = edge.target,
      nodeOfLayer.indices.contains(source.index), nodeOfLayer.indices.contains(target.index)
    else { continue }
    let (from, to) = (nodeOfLayer[source.index], nodeOfLayer[target.index])
    if from < to { edges.insert(PaneEdge(source: from, target: to)) }
  }
  return edges.sorted()
}
