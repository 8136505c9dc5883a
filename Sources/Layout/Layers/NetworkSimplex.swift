/// Whole numbers for nodes so that every edge is at least as long as it must be and the weighted
/// sum of lengths is least.
///
/// E. R. Gansner, E. Koutsofios, S. C. North, K.-P. Vo, "A Technique for Drawing Directed
/// Graphs", IEEE TSE 19(3), 1993, doi:10.1109/32.221135. Cut values need no bookkeeping here:
/// within a subtree inner edges cancel, so a cut value is a sum of node balances.
struct NetworkSimplex {
  struct Edge {
    var tail: Int
    var head: Int
    var length: Int
    var weight: Int
  }

  private let count: Int
  private let edges: [Edge]
  private(set) var ranks: [Int]
  private var isInTree: [Bool]
  /// Weight of edges out of each node less that of edges into it.
  private let balances: [Int]
  private var walk: TreeWalk

  /// Optimal numbers, the least of each connected part being 0.
  ///
  /// - Parameter edges: Without cycles.
  /// - Complexity: O((nodes + edges) · pivots); pivots are few from the start chosen.
  static func ranks(count: Int, edges: [Edge]) -> [Int] {
    var simplex = NetworkSimplex(count, edges)
    simplex.growTightTree()
    simplex.pivot()
    return simplex.normalized()
  }

  private init(_ count: Int, _ edges: [Edge]) {
    self.count = count
    self.edges = edges
    isInTree = Array(repeating: false, count: edges.count)
    var balances = Array(repeating: 0, count: count)
    for edge in edges {
      balances[edge.tail] += edge.weight
      balances[edge.head] -= edge.weight
    }
    self.balances = balances
    ranks = Self.start(count, edges, balances)
    walk = TreeWalk(count: count)
  }

  private func slack(_ edge: Edge) -> Int {
    ranks[edge.head] - ranks[edge.tail] - edge.length
  }

  /// Longest paths from the sources; then nodes that are pulled forward go as far as they can.
  private static func start(_ count: Int, _ edges: [Edge], _ balances: [Int]) -> [Int] {
    var out = Array(repeating: [Int](), count: count)
    var waiting = Array(repeating: 0, count: count)
    for (index, edge) in edges.enumerated() {
      out[edge.tail].append(index)
      waiting[edge.head] += 1
    }
    var ranks = Array(repeating: 0, count: count)
    var order = (0..<count).filter { waiting[$0] == 0 }
    var next = 0
    while next < order.count {
      for index in out[order[next]] {
        let edge = edges[index]
        ranks[edge.head] = max(ranks[edge.head], ranks[edge.tail] + edge.length)
        waiting[edge.head] -= 1
        if waiting[edge.head] == 0 { order.append(edge.head) }
      }
      next += 1
    }
    precondition(order.count == count, "the graph has a cycle")
    for node in order.reversed() where balances[node] > 0 {
      ranks[node] =
        out[node].map { ranks[edges[$0].head] - edges[$0].length }.min() ?? ranks[node]
    }
    return ranks
  }

  /// Connects each part by tight edges, shifting what is connected to reach the rest.
  private mutating func growTightTree() {
    var links = Array(repeating: [Int](), count: count)
    for (index, edge) in edges.enumerated() {
      links[edge.tail].append(index)
      links[edge.head].append(index)
    }
    var isReached = Array(repeating: false, count: count)
    for root in 0..<count where !isReached[root] {
      var tree = [root]
      var next = 0
      isReached[root] = true
      while true {
        while next < tree.count {
          let node = tree[next]
          next += 1
          for index in links[node] where slack(edges[index]) == 0 {
            let other = edges[index].tail == node ? edges[index].head : edges[index].tail
            if isReached[other] { continue }
            isReached[other] = true
            isInTree[index] = true
            tree.append(other)
          }
        }
        guard let reach = nearest(tree, links, isReached) else { break }
        let edge = edges[reach]
        let shift = isReached[edge.tail] ? slack(edge) : -slack(edge)
        for node in tree { ranks[node] += shift }
        next = 0
      }
    }
  }

  /// The edge of least slack that leads out of the tree.
  private func nearest(_ tree: [Int], _ links: [[Int]], _ isReached: [Bool]) -> Int? {
    var best: Int?
    for node in tree {
      for index in links[node] where isReached[edges[index].tail] != isReached[edges[index].head] {
        if slack(edges[index]) < best.map({ slack(edges[$0]) }) ?? .max { best = index }
      }
    }
    return best
  }

  /// Replaces tree edges whose parts would rather be apart, until there are none.
  private mutating func pivot() {
    for _ in 0..<(20 * count + 100) {
      walk.visit(edges, isInTree, balances)
      guard let leaving = walk.mostNegative(edges), let entering = entering(for: leaving)
      else { return }
      let isTailBelow = walk.isBelow(edges[leaving].tail, leaving, edges)
      let shift = slack(edges[entering])
      isInTree[leaving] = false
      isInTree[entering] = true
      if shift != 0 {
        for node in 0..<count where walk.isBelow(node, leaving, edges) {
          ranks[node] += isTailBelow ? -shift : shift
        }
      }
    }
  }

  /// The edge of least slack that leads from the head's part of the tree to the tail's.
  private func entering(for leaving: Int) -> Int? {
    let isTailBelow = walk.isBelow(edges[leaving].tail, leaving, edges)
    var best: (index: Int, slack: Int)?
    for (index, edge) in edges.enumerated() where !isInTree[index] {
      let isFromHead = walk.isBelow(edge.tail, leaving, edges) != isTailBelow
      let isToTail = walk.isBelow(edge.head, leaving, edges) == isTailBelow
      guard isFromHead, isToTail, walk.part[edge.tail] == walk.part[edges[leaving].tail]
      else { continue }
      if slack(edge) < best?.slack ?? .max { best = (index, slack(edge)) }
    }
    return best?.index
  }

  private func normalized() -> [Int] {
    var least: [Int: Int] = [:]
    for node in 0..<count {
      let part = walk.part[node]
      least[part] = min(least[part] ?? .max, ranks[node])
    }
    return (0..<count).map { ranks[$0] - (least[walk.part[$0]] ?? 0) }
  }
}
