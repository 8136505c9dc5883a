/// A depth-first walk over the tree of a ``NetworkSimplex``: who is below which edge, and what
/// each edge's cut is worth.
struct TreeWalk {
  /// The root of each node's part of the graph.
  private(set) var part: [Int]
  /// When each node was entered, and the last entered below it.
  private var entered: [Int]
  private var last: [Int]
  /// Edge to the parent; -1 for roots.
  private var parentEdge: [Int]
  /// Balance of the node and everything below it.
  private var sums: [Int]

  init(count: Int) {
    part = Array(0..<count)
    entered = Array(repeating: 0, count: count)
    last = entered
    parentEdge = Array(repeating: -1, count: count)
    sums = entered
  }

  /// - Complexity: O(nodes + edges).
  mutating func visit(_ edges: [NetworkSimplex.Edge], _ isInTree: [Bool], _ balances: [Int]) {
    let count = part.count
    var links = Array(repeating: [Int](), count: count)
    for (index, edge) in edges.enumerated() where isInTree[index] {
      links[edge.tail].append(index)
      links[edge.head].append(index)
    }
    for node in 0..<count { entered[node] = -1 }
    var order: [Int] = []
    order.reserveCapacity(count)
    for root in 0..<count where entered[root] < 0 {
      parentEdge[root] = -1
      var waiting = [root]
      while let node = waiting.popLast() {
        entered[node] = order.count
        part[node] = root
        order.append(node)
        for index in links[node] where index != parentEdge[node] {
          let other = edges[index].tail == node ? edges[index].head : edges[index].tail
          parentEdge[other] = index
          waiting.append(other)
        }
      }
    }
    sumUp(order, edges, balances)
  }

  private mutating func sumUp(
    _ order: [Int], _ edges: [NetworkSimplex.Edge], _ balances: [Int]
  ) {
    for node in order {
      last[node] = entered[node]
      sums[node] = balances[node]
    }
    for node in order.reversed() where parentEdge[node] >= 0 {
      let edge = edges[parentEdge[node]]
      let parent = edge.tail == node ? edge.head : edge.tail
      last[parent] = max(last[parent], last[node])
      sums[parent] += sums[node]
    }
  }

  /// The end of a tree edge that is farther from the root.
  private func lower(_ index: Int, _ edges: [NetworkSimplex.Edge]) -> Int {
    let edge = edges[index]
    return parentEdge[edge.tail] == index ? edge.tail : edge.head
  }

  /// Whether `node` is on the lower side of a tree edge.
  func isBelow(_ node: Int, _ index: Int, _ edges: [NetworkSimplex.Edge]) -> Bool {
    let top = lower(index, edges)
    return entered[node] >= entered[top] && entered[node] <= last[top]
  }

  /// The tree edge whose cut value is lowest, if one is below 0; the first of equals.
  func mostNegative(_ edges: [NetworkSimplex.Edge]) -> Int? {
    var best: (index: Int, value: Int)?
    for node in part.indices where parentEdge[node] >= 0 {
      let index = parentEdge[node]
      let value = edges[index].tail == node ? sums[node] : -sums[node]
      if value < 0, (value, index) < (best?.value ?? 0, best?.index ?? .max) {
        best = (index, value)
      }
    }
    return best?.index
  }
}
