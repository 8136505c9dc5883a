/// Subgradient ascent to good potentials for ``OneTreeBound``, over a sparse graph.
///
/// Held and Karp's method as K. Helsgaun runs it ("An effective implementation of the
/// Lin–Kernighan traveling salesman heuristic", EJOR 126(1), 2000,
/// doi:10.1016/S0377-2217(99)00284-2). Trees come from O. Borůvka's algorithm over each item's
/// nearest neighbours only, so one step takes O(*n* log *n*) instead of O(*n*²); the bound is
/// proved afterwards over all edges.
struct PotentialAscent {
  private struct Edge {
    var first: Int32
    var second: Int32
    var length: Float
  }

  /// Neighbours of each item that the graph has edges to, the nearest.
  private static let breadth = 8

  private let count: Int
  private var edges: [Edge] = []
  private var tree: SpanningTree

  /// The graph of each item's nearest neighbours and of `path`, which keeps it whole.
  init(_ distances: SquareDistances, _ neighbors: NeighborLists, path: [Int]) {
    count = distances.count
    tree = SpanningTree(count: count)
    var places = Array(repeating: 0, count: count)
    for (place, item) in path.enumerated() { places[item] = place }
    let width = min(Self.breadth, neighbors.width)
    for item in 0..<count {
      if places[item] + 1 < count { append(item, path[places[item] + 1], distances) }
      for place in 0..<width {
        let other = neighbors[item, place]
        let isMutual = (0..<width).contains { neighbors[other, $0] == item }
        let isOnPath = abs(places[other] - places[item]) == 1
        if !isOnPath, other > item || !isMutual { append(item, other, distances) }
      }
    }
  }

  private mutating func append(_ first: Int, _ second: Int, _ distances: SquareDistances) {
    edges.append(
      Edge(
        first: Int32(truncatingIfNeeded: first), second: Int32(truncatingIfNeeded: second),
        length: distances[first, second]))
  }

  /// The best potentials found.
  ///
  /// - Parameters:
  ///   - target: A guess of the shortest path's length.
  ///   - isCancelled: Asked at each step; true ends with what there is.
  mutating func climb(
    iterations: Int, target: Double, isCancelled: () -> Bool = { false }
  ) -> [Double] {
    var potentials = Array(repeating: 0.0, count: count)
    guard count > 2 else { return potentials }
    var best = (weight: -Double.infinity, potentials: potentials)
    var before = Array(repeating: 0, count: count)
    var (pace, sinceBest) = (1.0, 0)
    let patience = max(10, iterations / 12)
    for iteration in 0..<iterations where !isCancelled() {
      let (weight, degrees) = lightestTree(potentials)
      if weight > best.weight {
        best = (weight, potentials)
        sinceBest = 0
      } else {
        sinceBest += 1
        if sinceBest >= patience {
          pace /= 2
          sinceBest = 0
          potentials = best.potentials
        }
      }
      let squares = degrees.reduce(0) { $0 + ($1 - 2) * ($1 - 2) }
      let step = squares == 0 ? 0 : pace * (target - weight) / Double(squares)
      if step <= 0 || pace < 1e-3 { break }
      for item in 0..<count {
        let earlier = iteration == 0 ? degrees[item] : before[item]
        potentials[item] += step * (0.7 * Double(degrees[item] - 2) + 0.3 * Double(earlier - 2))
      }
      before = degrees
    }
    return best.potentials
  }

  /// Weight of the lightest 1-tree of the sparse graph, and every item's edges in it.
  private mutating func lightestTree(_ potentials: [Double]) -> (Double, [Int]) {
    let shifted = potentials.map { Float($0) }
    tree.begin(edgeCount: edges.count)
    let edges = edges
    let (graph, shifts) = (edges.span, shifted.span)
    for index in graph.indices {
      let edge = graph[index]
      tree.add(
        index, edge.first, edge.second,
        edge.length + shifts[Int(edge.first)] + shifts[Int(edge.second)])
    }
    tree.build()
    var degrees = Array(repeating: 0, count: count)
    var weight = 0.0
    for index in tree.chosen {
      let edge = edges[index]
      degrees[Int(edge.first)] += 1
      degrees[Int(edge.second)] += 1
      weight +=
        Double(edge.length) + potentials[Int(edge.first)] + potentials[Int(edge.second)]
    }
    let extra = OneTreeBound.twoSmallest(potentials)
    degrees[extra.first] += 1
    degrees[extra.second] += 1
    return (weight + extra.sum - 2 * potentials.reduce(0, +), degrees)
  }
}
