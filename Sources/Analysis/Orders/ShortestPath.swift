import Tensors

/// A short open path through items, and a bound that says how short it could be.
///
/// Up to 16 items: exact. Above: average linkage, optimal leaf order, potentials from a 1-tree
/// ascent, Lin–Kernighan and block moves, then a budget of kicks. The budget counts kicks, not
/// seconds: equal inputs give equal paths on every machine.
struct ShortestPath {
  /// Items in order; the first is lower than the last.
  let order: [Int]
  /// Sum of distances between neighbours.
  let length: Double
  /// No order is shorter.
  let lowerBound: Double

  init(
    _ distances: SquareDistances, budget: Int, seed: UInt64,
    exactUpTo mostExact: Int = ExactPath.mostItems,
    isCancelled: () -> Bool = { false }, progress: (Double) -> Void = { _ in }
  ) {
    let count = distances.count
    if count <= max(2, mostExact) {
      order = ExactPath.order(count) { distances[$0, $1] }
      length = distances.pathLength(order)
      lowerBound = length
      return
    }
    let tree = try? Linkage(method: .average).dendrogram(distances, isCancelled: isCancelled)
    let start =
      tree.map { OptimalLeafOrder.order($0, distances, isCancelled: isCancelled) }
      ?? Array(0..<count)
    progress(0.2)
    let permuted = distances.permuted(start)
    let potentials = Self.potentials(permuted, kicks: budget)
    let places = Self.improve(
      permuted, potentials, kicks: budget, seed: seed, isCancelled: isCancelled,
      progress: progress)
    let found = places.map { start[$0] }
    order = found[0] < found[count - 1] ? found : found.reversed()
    length = distances.pathLength(order)
    lowerBound = min(length, max(0, OneTreeBound.bound(permuted, potentials)))
  }

  /// A length that no order falls below; `start` is a good order, which makes it sharper.
  static func lowerBound(_ distances: SquareDistances, start: [Int]) -> Double {
    if distances.count <= ExactPath.mostItems {
      return distances.pathLength(ExactPath.order(distances.count) { distances[$0, $1] })
    }
    let permuted = distances.permuted(start)
    return max(0, OneTreeBound.bound(permuted, potentials(permuted, kicks: 0)))
  }

  /// Potentials for distances whose items are already in a good order; larger budgets of kicks
  /// deserve better ones.
  private static func potentials(_ distances: SquareDistances, kicks: Int) -> [Double] {
    let neighbors = NeighborLists(distances, width: 10)
    var ascent = PotentialAscent(distances, neighbors)
    let length = distances.pathLength(Array(0..<distances.count))
    let steps = min(1500, 150 + distances.count / 8 + max(0, kicks) / 40)
    return ascent.climb(iterations: steps, target: length * 0.97)
  }

  private static func improve(
    _ distances: SquareDistances, _ potentials: [Double], kicks: Int, seed: UInt64,
    isCancelled: () -> Bool, progress: (Double) -> Void
  ) -> [Int] {
    let closed = distances.closed(potentials)
    var search = TourSearch(closed, NeighborLists(closed, width: 10))
    for item in (0..<closed.count).reversed() { search.wake(item) }
    _ = search.settle()
    progress(0.4)
    var random = SeededGenerator(seed: seed)
    search.iterate(kicks: kicks, using: &random) { kick in
      progress(0.4 + 0.6 * Double(kick) / Double(max(1, kicks)))
      return !isCancelled()
    }
    let extra = search.tour.place(of: distances.count)
    return (1..<closed.count).map { search.tour.item(at: (extra + $0) % closed.count) }
  }
}

extension SquareDistances {
  /// These distances and one more item, `count`, at distance 0 from all; every distance grows by
  /// the potentials of its ends.
  func closed(_ potentials: [Double]) -> SquareDistances {
    var result = SquareDistances(count: count + 1)
    let width = result.stride
    let shifts = potentials.map { Float($0) }
    let source = values.span
    for row in 0..<count {
      let mine = source.extracting(row * stride..<row * stride + count)
      let shift = shifts[row]
      for column in mine.indices {
        result.values[row * width + column] = mine[column] + (shift + shifts[column])
      }
      result[row, count] = shift
      result[count, row] = shift
    }
    return result
  }
}
