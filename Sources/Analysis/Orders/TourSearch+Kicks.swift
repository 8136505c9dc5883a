import Tensors

extension TourSearch {
  /// Iterated local search: swaps two neighbouring stretches at a random place, repairs around
  /// them, and keeps the result if it is not longer, or at first a little longer.
  ///
  /// O. Martin, S. W. Otto, E. W. Felten, "Large-Step Markov Chains for the Traveling Salesman
  /// Problem", Complex Systems 5, 1991; kept local as D. Applegate, W. Cook, A. Rohe describe,
  /// "Chained Lin-Kernighan for Large Traveling Salesman Problems", INFORMS J. Comput. 15(1),
  /// 2003, doi:10.1287/ijoc.15.1.82.15157.
  ///
  /// - Parameters:
  ///   - kicks: Stretches swapped; the cost of one does not depend on the number of items.
  ///   - report: Told the kicks done now and then; false ends the search.
  mutating func iterate(
    kicks: Int, using random: inout SeededGenerator, report: (Int) -> Bool
  ) {
    guard tour.count >= 8, kicks > 0 else { return }
    (breadth, depth) = ((6, 3), 0)
    // Few kicks leave no time to come back from a longer tour.
    let warmth = 0.3 * meanStep * min(1, Double(kicks) / Double(10 * tour.count))
    var best = tour
    var excess = 0.0
    tour.keep()
    for kick in 0..<kicks {
      if kick.isMultiple(of: 1024), !report(kick) { break }
      let allowed = warmth * (1 - Double(kick) / Double(kicks)) * random.unit()
      let growth = swapStretches(using: &random)
      let net = growth - settle()
      if net > 1e-9, net > allowed {
        tour.takeBack(to: 0)
      } else {
        excess += net
        if excess < -1e-9 { (best, excess) = (tour, 0) }
      }
      tour.keep()
    }
    tour = best
  }

  /// Mean size of the tour's edges.
  private var meanStep: Double {
    tour.ahead.reduce(0.0) { $0 + Double($1.magnitude) } / Double(tour.count)
  }

  /// Swaps two neighbouring stretches of up to 10 items, neither turned; returns what the tour
  /// grew by.
  private mutating func swapStretches(using random: inout SeededGenerator) -> Double {
    let count = tour.count
    let longest = UInt64(min(10, max(1, (count - 2) / 3)))
    let bits = random.next()
    let start = Int((bits >> 32) % UInt64(count))
    let near = 1 + Int((bits & 0xFFFF) % longest)
    let far = near + 1 + Int((bits >> 16 & 0xFFFF) % longest)
    func item(_ offset: Int) -> Int {
      let place = start + offset
      return tour.item(at: place < count ? place : place - count)
    }
    let (before, first, firstEnd) = (item(0), item(1), item(near))
    let (second, secondEnd, after) = (item(near + 1), item(far), item(far + 1))
    let growth =
      distance(before, second) + distance(secondEnd, first) + distance(firstEnd, after)
      - distance(before, first) - distance(firstEnd, second) - distance(secondEnd, after)
    tour.reverse((start + 1) % count, (start + far) % count)
    tour.reverse(block: secondEnd, second)
    tour.reverse(block: firstEnd, first)
    wake(before)
    wake(first)
    wake(firstEnd)
    wake(second)
    wake(secondEnd)
    wake(after)
    return growth
  }
}
