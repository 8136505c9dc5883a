extension ExplorerState {
  /// Up and down through clusters and stacked panes, left and right along edges.
  mutating func moveInNetwork(_ move: Move) {
    guard let node = arrangement.node(showing: selection.layer) else { return }
    switch move {
    case .left, .right: stepRank(from: node, by: move.sideways)
    case .first: select(node: 0)
    case .last: select(node: arrangement.nodes.count - 1)
    case .up, .down, .pageUp, .pageDown: moveInPane(node, move)
    }
  }

  /// Selects a pane by its node.
  mutating func select(node: Int) {
    guard arrangement.nodes.indices.contains(node) else { return }
    select(layer: arrangement.nodes[node].layer)
  }

  /// Next pane in reading order, round and round.
  mutating func stepPane(by step: Int) {
    let order = arrangement.ranks.flatMap(\.self)
    guard let node = arrangement.node(showing: selection.layer),
      let at = order.firstIndex(of: node)
    else { return }
    select(node: order[(at + step + order.count) % order.count])
  }

  private mutating func moveInPane(_ node: Int, _ move: Move) {
    let count = readyDigest(selection.layer)?.clusters.count ?? 0
    let at = selectedClusterPlace()
    let next = move.moved(at, count: count, page: 4)
    if next != at {
      select(cluster: next)
      return
    }
    let column = arrangement.ranks.first { $0.contains(node) } ?? []
    guard let lane = column.firstIndex(of: node) else { return }
    let isUp = move == .up || move == .pageUp
    let goal = lane + (isUp ? -1 : 1)
    guard column.indices.contains(goal) else { return }
    select(node: column[goal])
    let clusters = readyDigest(selection.layer)?.clusters.count ?? 0
    select(cluster: isUp ? clusters - 1 : 0)
  }

  private mutating func stepRank(from node: Int, by step: Int) {
    guard let rank = arrangement.ranks.firstIndex(where: { $0.contains(node) }),
      arrangement.ranks.indices.contains(rank + step)
    else { return }
    let column = arrangement.ranks[rank + step]
    let lane = arrangement.ranks[rank].firstIndex(of: node) ?? 0
    let linked = column.filter { other in
      arrangement.edges.contains {
        ($0.source, $0.target) == (step > 0 ? (node, other) : (other, node))
      }
    }
    let same = column[min(lane, column.count - 1)]
    select(node: linked.contains(same) ? same : linked.first ?? same)
  }
}
