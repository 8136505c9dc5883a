/// A path of the shortest edges that fit: the shortest first, unless an end is used up or a loop
/// would close.
///
/// J. L. Bentley, "Fast Algorithms for Geometric Traveling Salesman Problems", ORSA J. Comput.
/// 4(4), 1992, doi:10.1287/ijoc.4.4.387. Edges are those to near neighbours; what pieces are left
/// are joined by the same rule over their ends.
struct GreedyPath {
  /// Most ends among which the shortest edges are looked for; more are joined one after another.
  private static let mostEnds = 2048

  private let distances: SquareDistances
  /// The one or two items joined to each; -1 for none.
  private var joined: [(Int32, Int32)]
  /// The item at the other end of the piece, for items at an end.
  private var opposite: [Int32]

  /// All items in order.
  ///
  /// - Complexity: O(*n* · width · log *n*), and O(ends²) for up to eight rounds of joining.
  static func order(_ distances: SquareDistances, _ neighbors: NeighborLists) -> [Int] {
    guard distances.count > 1 else { return Array(0..<distances.count) }
    var path = GreedyPath(distances)
    path.take(path.nearEdges(neighbors))
    for _ in 0..<8 {
      let ends = path.ends
      if ends.count <= 2 || ends.count > mostEnds { break }
      path.take(path.shortestEdges(between: ends))
    }
    return path.walk()
  }

  private init(_ distances: SquareDistances) {
    self.distances = distances
    joined = Array(repeating: (-1, -1), count: distances.count)
    opposite = (0..<distances.count).map { Int32(truncatingIfNeeded: $0) }
  }

  /// An edge; sorts by length, then by place.
  private struct Edge {
    /// Bits of the length above, which order as lengths do (none is negative), place below.
    var key: UInt64
    var first: Int32
    var second: Int32

    init(_ first: Int, _ second: Int, length: Float, place: Int) {
      key = UInt64(length.bitPattern) << 32 | UInt64(truncatingIfNeeded: place)
      self.first = Int32(truncatingIfNeeded: first)
      self.second = Int32(truncatingIfNeeded: second)
    }
  }

  private func nearEdges(_ neighbors: NeighborLists) -> [Edge] {
    var edges: [Edge] = []
    edges.reserveCapacity(distances.count * neighbors.width)
    for item in 0..<distances.count {
      for place in 0..<neighbors.width {
        let other = neighbors[item, place]
        let isMutual = (0..<neighbors.width).contains { neighbors[other, $0] == item }
        if other > item || !isMutual {
          edges.append(
            Edge(item, other, length: distances[item, other], place: edges.count))
        }
      }
    }
    return edges
  }

  /// Items that can still be joined; one alone is two ends but stands here once.
  private var ends: [Int] {
    joined.indices.filter { joined[$0].1 < 0 }
  }

  /// From each end the shortest edge to another piece.
  private func shortestEdges(between ends: [Int]) -> [Edge] {
    ends.indices.compactMap { place in
      let end = ends[place]
      var best = (item: -1, length: Float.infinity)
      for step in 1..<max(1, ends.count) {
        // The next ends first, so that equal lengths do not all choose the same one.
        let other = ends[place + step < ends.count ? place + step : place + step - ends.count]
        let length = distances[end, other]
        if length < best.length, Int(opposite[end]) != other { best = (other, length) }
      }
      return best.item < 0
        ? nil : Edge(end, best.item, length: best.length, place: place)
    }
  }

  private mutating func take(_ edges: [Edge]) {
    for edge in edges.sorted(by: { $0.key < $1.key }) {
      join(Int(edge.first), Int(edge.second))
    }
  }

  /// Joins two items unless one has two neighbours already or both end the same piece.
  private mutating func join(_ first: Int, _ second: Int) {
    guard joined[first].1 < 0, joined[second].1 < 0, Int(opposite[first]) != second else { return }
    link(first, to: second)
    link(second, to: first)
    let (far, near) = (opposite[first], opposite[second])
    opposite[Int(far)] = near
    opposite[Int(near)] = far
  }

  private mutating func link(_ item: Int, to other: Int) {
    let name = Int32(truncatingIfNeeded: other)
    if joined[item].0 < 0 { joined[item].0 = name } else { joined[item].1 = name }
  }

  /// Walks along each piece and on to the nearest end that is left.
  private func walk() -> [Int] {
    var order: [Int] = []
    order.reserveCapacity(joined.count)
    var left = ends
    var next = left.first
    while let start = next {
      walkPiece(from: start, &order)
      let last = order[order.count - 1]
      left.removeAll { $0 == start || $0 == last }
      next = left.min { distances[last, $0] < distances[last, $1] }
    }
    return order
  }

  private func walkPiece(from start: Int, _ order: inout [Int]) {
    var (before, item) = (-1, start)
    while item >= 0 {
      order.append(item)
      let (one, other) = (Int(joined[item].0), Int(joined[item].1))
      (before, item) = (item, one == before ? other : one)
    }
  }
}
