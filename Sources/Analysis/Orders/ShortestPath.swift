import Tensors

/// A short open path through items, and a bound that says how short it could be.
///
/// Up to 16 items: exact. Above: greedy edges, potentials from a 1-tree ascent, Lin–Kernighan and
/// block moves, then a budget of kicks. The budget counts kicks, not seconds: equal inputs give
/// equal paths on every machine.
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
    isCancelled: () -> Bool = { false }, progress: (WorkProgress) -> Void = { _ in }
  ) {
    let count = distances.count
    if count <= max(2, mostExact) {
      order = ExactPath.order(count) { distances[$0, $1] }
      length = distances.pathLength(order)
      lowerBound = length
      return
    }
    let neighbors = NeighborLists(distances, width: Self.breadth)
    let start = GreedyPath.order(distances, neighbors)
    progress(WorkProgress(.bound, share: 0))
    let potentials = Self.potentials(
      distances, neighbors, start: start, target: 0.97, kicks: budget, isCancelled: isCancelled)
    progress(WorkProgress(.search, share: 0))
    let found = Self.improve(
      distances, neighbors, start, potentials, kicks: budget, seed: seed,
      isCancelled: isCancelled, progress: progress)
    order = found[0] < found[count - 1] ? found : found.reversed()
    length = distances.pathLength(order)
    lowerBound = min(length, max(0, OneTreeBound.bound(distances, potentials)))
    progress(WorkProgress(.search, share: 1))
  }

  /// Neighbours of each item that trees and moves are made from.
  private static let breadth = 14

  /// A length that no order falls below.
  ///
  /// - Complexity: about that of a path search without kicks.
  static func lowerBound(_ distances: SquareDistances, isCancelled: () -> Bool) -> Double {
    if distances.count <= ExactPath.mostItems {
      return distances.pathLength(ExactPath.order(distances.count) { distances[$0, $1] })
    }
    let neighbors = NeighborLists(distances, width: breadth)
    let potentials = potentials(
      distances, neighbors, start: GreedyPath.order(distances, neighbors), target: 1, kicks: 0,
      isCancelled: isCancelled)
    return max(0, OneTreeBound.bound(distances, potentials))
  }

  /// Potentials of each item; larger budgets of kicks deserve better ones.
  ///
  /// - Parameter target: Guess of how much of the start's length the shortest path is.
  private static func potentials(
    _ distances: SquareDistances, _ neighbors: NeighborLists, start: [Int], target: Double,
    kicks: Int, isCancelled: () -> Bool
  ) -> [Double] {
    var ascent = PotentialAscent(distances, neighbors, path: start)
    let steps = min(1500, 120 + distances.count / 16 + max(0, kicks) / 40)
    return ascent.climb(
      iterations: steps, target: distances.pathLength(start) * target, isCancelled: isCancelled)
  }

  private static func improve(
    _ distances: SquareDistances, _ neighbors: NeighborLists, _ start: [Int],
    _ potentials: [Double], kicks: Int, seed: UInt64, isCancelled: () -> Bool,
    progress: (WorkProgress) -> Void
  ) -> [Int] {
    let shifts = start.map { potentials[$0] }
    let closed = distances.closed(start, shifts)
    var search = TourSearch(
      closed, NeighborLists(closing: neighbors, order: start, potentials: shifts, width: 10))
    for item in (0..<closed.count).reversed() { search.wake(item) }
    _ = search.settle()
    var random = SeededGenerator(seed: seed)
    search.iterate(kicks: kicks, using: &random) { kick in
      progress(WorkProgress(.search, share: Double(kick) / Double(max(1, kicks))))
      return !isCancelled()
    }
    let extra = search.tour.place(of: distances.count)
    return (1..<closed.count).map { start[search.tour.item(at: (extra + $0) % closed.count)] }
  }
}

extension SquareDistances {
  /// These distances with item `order[i]` at place `i`, and one more item, the last, at distance 0
  /// from all; every distance grows by the potentials of its ends.
  ///
  /// - Parameter potentials: Of each place.
  func closed(_ order: [Int], _ potentials: [Double]) -> SquareDistances {
    var result = SquareDistances(count: count + 1)
    let width = result.stride
    let shifts = potentials.map { Float($0) }
    let source = values.span
    var target = result.values.mutableSpan
    let (columns, growths) = (order.span, shifts.span)
    for (row, item) in order.enumerated() {
      let mine = source.extracting(item * stride..<item * stride + count)
      let shift = shifts[row]
      for place in columns.indices {
        target[row * width + place] = mine[columns[place]] + (shift + growths[place])
      }
      target[row * width + count] = shift
      target[count * width + row] = shift
    }
    return result
  }
}
