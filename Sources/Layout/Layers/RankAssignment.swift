/// Columns for nodes so that edges lead to the right and bridge as few columns as can be.
///
/// Chains are folded to one edge first: a network has many, and their inner nodes have no choice.
///
/// - Complexity: that of ``NetworkSimplex`` on the folded graph.
func assignRanks(_ graph: FlowGraph) -> [Int] {
  let chains = FoldedChains(graph)
  let kept = NetworkSimplex.ranks(count: chains.kept.count, edges: chains.edges)
  var ranks = Array(repeating: 0, count: graph.nodeCount)
  for (place, node) in chains.kept.enumerated() { ranks[node] = kept[place] }
  for (edge, inner) in zip(chains.edges, chains.inner) {
    for (step, node) in inner.enumerated() { ranks[node] = kept[edge.tail] + step + 1 }
  }
  return ranks
}

/// A graph whose chains of nodes with one way in and one way out are single edges.
private struct FoldedChains {
  /// Nodes that are in no chain.
  private(set) var kept: [Int] = []
  /// Edges between them, as places in `kept`.
  private(set) var edges: [NetworkSimplex.Edge] = []
  /// Nodes within each edge, in the direction of the flow.
  private(set) var inner: [[Int]] = []

  init(_ graph: FlowGraph) {
    var targets = Array(repeating: [Int](), count: graph.nodeCount)
    var sourceCount = Array(repeating: 0, count: graph.nodeCount)
    for edge in graph.edges {
      targets[edge.source].append(edge.target)
      sourceCount[edge.target] += 1
    }
    let isInner = (0..<graph.nodeCount).map { sourceCount[$0] == 1 && targets[$0].count == 1 }
    kept = (0..<graph.nodeCount).filter { !isInner[$0] }
    var place = Array(repeating: 0, count: graph.nodeCount)
    for (index, node) in kept.enumerated() { place[node] = index }
    for node in kept {
      for target in targets[node] {
        var (end, chain) = (target, [Int]())
        while isInner[end] {
          chain.append(end)
          end = targets[end][0]
        }
        edges.append(
          NetworkSimplex.Edge(
            tail: place[node], head: place[end], length: chain.count + 1, weight: 1))
        inner.append(chain)
      }
    }
  }
}
