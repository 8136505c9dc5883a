/// Lightest spanning tree by O. Borůvka's algorithm ("O jistém problému minimálním", 1926):
/// every part takes its lightest edge out, all at once, until one part is left.
struct SpanningTree {
  private struct Edge {
    var first: Int32
    var second: Int32
    var weight: Float
    var index: Int32
  }

  /// Indices of the tree's edges.
  private(set) var chosen: [Int] = []
  private var edges: [Edge] = []
  /// A member of each item's part that is nearer to the part's name; the name itself at the end.
  private var parents: [Int32]
  /// Lightest edge out of each part, as a place in `edges`; -1 for none.
  private var lightest: [Int32]

  init(count: Int) {
    parents = Array(repeating: 0, count: count)
    lightest = parents
  }

  /// Forgets the edges of the last tree.
  mutating func begin(edgeCount: Int) {
    edges.removeAll(keepingCapacity: true)
    edges.reserveCapacity(edgeCount)
    chosen.removeAll(keepingCapacity: true)
  }

  /// Offers an edge; among equal weights the one offered first wins.
  @inline(__always)
  mutating func add(_ index: Int, _ first: Int32, _ second: Int32, _ weight: Float) {
    edges.append(
      Edge(
        first: first, second: second, weight: weight, index: Int32(truncatingIfNeeded: index)))
  }

  /// Chooses the tree's edges (a forest's, when the graph is not whole).
  ///
  /// - Complexity: O(edges · log items).
  mutating func build() {
    for item in parents.indices { parents[item] = Int32(truncatingIfNeeded: item) }
    while !edges.isEmpty {
      Self.findLightest(of: edges, &lightest)
      joinParts()
      Self.keepEdgesBetweenParts(&edges, parents)
    }
  }

  private static func findLightest(of edges: [Edge], _ lightest: inout [Int32]) {
    var lightest = lightest.mutableSpan
    let edges = edges.span
    for part in lightest.indices { lightest[part] = -1 }
    for place in edges.indices {
      let edge = edges[place]
      offer(place, edge.weight, edges, to: Int(edge.first), &lightest)
      offer(place, edge.weight, edges, to: Int(edge.second), &lightest)
    }
  }

  @inline(__always)
  private static func offer(
    _ place: Int, _ weight: Float, _ edges: Span<Edge>, to part: Int,
    _ lightest: inout MutableSpan<Int32>
  ) {
    let held = Int(lightest[part])
    if held < 0 || weight < edges[held].weight {
      lightest[part] = Int32(truncatingIfNeeded: place)
    }
  }

  private mutating func joinParts() {
    for part in lightest.indices where lightest[part] >= 0 {
      let edge = edges[Int(lightest[part])]
      let (first, second) = (name(of: edge.first), name(of: edge.second))
      if first != second {
        parents[Int(max(first, second))] = min(first, second)
        chosen.append(Int(edge.index))
      }
    }
    // A parent is lower than its children, so one pass from below names every part.
    for item in parents.indices { parents[item] = parents[Int(parents[item])] }
  }

  /// Edges end at parts from here on; those within one part vanish.
  private static func keepEdgesBetweenParts(_ edges: inout [Edge], _ names: [Int32]) {
    let kept = moveToFront(edges.mutableSpan, names.span)
    edges.removeLast(edges.count - kept)
  }

  private static func moveToFront(
    _ edges: consuming MutableSpan<Edge>, _ names: Span<Int32>
  ) -> Int {
    var kept = 0
    for place in edges.indices {
      var edge = edges[place]
      edge.first = names[Int(edge.first)]
      edge.second = names[Int(edge.second)]
      edges[kept] = edge
      kept += edge.first == edge.second ? 0 : 1
    }
    return kept
  }

  @inline(__always)
  private func name(of item: Int32) -> Int32 {
    var item = item
    while parents[Int(item)] != item { item = parents[Int(item)] }
    return item
  }
}
