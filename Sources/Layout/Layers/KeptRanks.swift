/// Ranks for a graph of which some nodes had ranks before: those keep their order, nodes of one
/// rank stay in one, and the span is the least under that condition.
///
/// All nodes of an earlier rank are one node for ``NetworkSimplex``, and those follow each other.
struct KeptRanks {
  private let graph: LayerGraph
  /// Node of the contracted graph for each node: earlier ranks first, then what is new.
  private let place: [Int]
  private let levelCount: Int
  private var targets: [[Int]]
  private var edges: [NetworkSimplex.Edge] = []

  /// - Parameter known: Earlier rank of each node; nil for new ones.
  /// - Returns: Nil when an edge joins two nodes of one earlier rank.
  /// - Complexity: that of ``NetworkSimplex``, and O(nodes + edges) for each edge of a new node.
  static func ranks(_ graph: LayerGraph, known: [Int?]) -> [Int]? {
    guard var kept = KeptRanks(graph, known) else { return nil }
    kept.addNewEdges(known)
    let ranks = NetworkSimplex.ranks(count: kept.targets.count, edges: kept.edges)
    return kept.place.map { ranks[$0] }
  }

  private init?(_ graph: LayerGraph, _ known: [Int?]) {
    let levels = distinct(known.compactMap { $0 })
    var numbers: [Int: Int] = [:]
    for (number, level) in levels.enumerated() { numbers[level] = number }
    var (place, count) = ([Int](), levels.count)
    for rank in known {
      if let number = rank.flatMap({ numbers[$0] }) {
        place.append(number)
      } else {
        place.append(count)
        count += 1
      }
    }
    (self.graph, self.place, levelCount) = (graph, place, levels.count)
    targets = Array(repeating: [], count: count)
    for level in 1..<max(1, levels.count) { add(level - 1, level, weight: 0) }
    for edge in graph.edges where edge.source != edge.target {
      let (one, other) = (place[edge.source], place[edge.target])
      guard max(one, other) < levelCount else { continue }
      if one == other { return nil }
      add(min(one, other), max(one, other), weight: 1)
    }
  }

  private mutating func add(_ tail: Int, _ head: Int, weight: Int) {
    targets[tail].append(head)
    edges.append(NetworkSimplex.Edge(tail: tail, head: head, length: 1, weight: weight))
  }

  /// Adds the edges of new nodes, along the flow where that closes no cycle. An edge never is
  /// turned round if ranks that must keep their order do not force it.
  private mutating func addNewEdges(_ known: [Int?]) {
    let flow = FlowGraph(graph)
    for edge in flow.edges where known[edge.source] == nil || known[edge.target] == nil {
      let (tail, head) = (place[edge.source], place[edge.target])
      if reaches(from: head, tail) {
        add(head, tail, weight: 1)
      } else {
        add(tail, head, weight: 1)
      }
    }
  }

  private func reaches(from start: Int, _ end: Int) -> Bool {
    var isSeen = Array(repeating: false, count: targets.count)
    var waiting = [start]
    isSeen[start] = true
    while let node = waiting.popLast() {
      if node == end { return true }
      for next in targets[node] where !isSeen[next] {
        isSeen[next] = true
        waiting.append(next)
      }
    }
    return false
  }
}
