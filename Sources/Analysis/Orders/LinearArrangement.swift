import Tensors

/// Orders groups so that similar ones are near each other, near and far alike: the sum over pairs
/// of similarity × distance of the groups' middles is least.
///
/// Minimum linear arrangement with widths; D. Adolphson, T. C. Hu, "Optimal Linear Ordering",
/// SIAM J. Appl. Math. 25(3), 1973, doi:10.1137/0125042. Exact up to 16 groups, by dynamic
/// programming over subsets; above, annealing: S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi,
/// "Optimization by Simulated Annealing", Science 220, 1983, doi:10.1126/science.220.4598.671.
struct LinearArrangement {
  /// Most groups ordered exactly.
  static let mostExact = 16

  /// Width of each group.
  let widths: [Double]
  /// Weight of each pair, symmetric, row-major.
  let weights: [Double]

  private var count: Int { widths.count }

  private func weight(_ one: Int, _ other: Int) -> Double { weights[one * count + other] }

  /// The order found; its first group is lower than its last.
  ///
  /// - Parameter isCancelled: Asked now and then while annealing; true ends with the best found.
  func order(seed: UInt64, isCancelled: () -> Bool = { false }) -> [Int] {
    guard count > 2 else { return Array(0..<count) }
    let order = count <= Self.mostExact ? exactOrder() : annealedOrder(seed: seed, isCancelled)
    return order[0] < order[count - 1] ? order : order.reversed()
  }

  /// What is minimised.
  ///
  /// - Complexity: O(groups²).
  func cost(_ order: [Int]) -> Double {
    var middles = Array(repeating: 0.0, count: count)
    return cost(order, &middles)
  }

  /// - Parameter middles: Room for one number a group.
  private func cost(_ order: [Int], _ middles: inout [Double]) -> Double {
    var start = 0.0
    for group in order {
      middles[group] = start + widths[group] / 2
      start += widths[group]
    }
    let (weights, middles) = (weights.span, middles.span)
    var sum = 0.0
    for one in middles.indices {
      let (mine, middle) = (weights.extracting(one * count..<one * count + one), middles[one])
      for other in mine.indices { sum += mine[other] * (middle - middles[other]).magnitude }
    }
    return sum
  }

  /// Every group adds its width times the weight that passes over it, so the cost of putting a
  /// group after a set depends on the set alone.
  ///
  /// - Complexity: O(2ⁿ · *n*) time, O(2ⁿ) memory.
  private func exactOrder() -> [Int] {
    var costs = Array(repeating: Double.infinity, count: 1 << count)
    // One of each subset, even if no order of it has a cost.
    var lasts = (0..<1 << count).map { UInt8(truncatingIfNeeded: $0.trailingZeroBitCount) }
    costs[0] = 0
    let half = min(8, count)
    let (low, high) = (pulls(of: 0..<half), pulls(of: half..<count))
    let (lower, upper) = (low.span, high.span)
    var pull = Array(repeating: 0.0, count: count)
    for subset in 0..<(1 << count) - 1 {
      let (one, other) = (subset & 0xFF, subset >> 8)
      var outer = 0.0
      for next in 0..<count where subset >> next & 1 == 0 {
        pull[next] = lower[one * count + next] + upper[other * count + next]
        outer += pull[next]
      }
      for next in 0..<count where subset >> next & 1 == 0 {
        let cost = costs[subset] + widths[next] * (outer - pull[next])
        let grown = subset | 1 << next
        if cost < costs[grown] {
          costs[grown] = cost
          lasts[grown] = UInt8(truncatingIfNeeded: next)
        }
      }
    }
    var order: [Int] = []
    var subset = (1 << count) - 1
    while subset != 0 {
      order.append(Int(lasts[subset]))
      subset &= ~(1 << Int(lasts[subset]))
    }
    return order.reversed()
  }

  /// Weight between each group and every subset of some of them, at most eight: subset × group.
  private func pulls(of groups: Range<Int>) -> [Double] {
    var sums = Array(repeating: 0.0, count: count << groups.count)
    for subset in 1..<max(1, 1 << groups.count) {
      let (rest, newest) = (subset & (subset - 1), groups.lowerBound + subset.trailingZeroBitCount)
      for group in 0..<count {
        sums[subset * count + group] = sums[rest * count + group] + weight(newest, group)
      }
    }
    return sums
  }

  private func annealedOrder(seed: UInt64, _ isCancelled: () -> Bool) -> [Int] {
    var random = SeededGenerator(seed: seed)
    var current = Array(0..<count)
    var changed = current
    var middles = Array(repeating: 0.0, count: count)
    var currentCost = cost(current, &middles)
    var best = (order: current, cost: currentCost)
    let steps = min(60_000, 400 * count)
    var heat = currentCost * 0.01
    for step in 0..<steps {
      if step.isMultiple(of: 256), isCancelled() { break }
      for place in current.indices { changed[place] = current[place] }
      let from = Int.random(in: 0..<count, using: &random)
      move(from, to: Int.random(in: 0..<count, using: &random), in: &changed)
      if Int.random(in: 0..<10, using: &random) < 3 {
        let one = Int.random(in: 0...count, using: &random)
        let other = Int.random(in: 0...count, using: &random)
        reverse(min(one, other)..<max(one, other), of: &changed)
      }
      let changedCost = cost(changed, &middles)
      // A rational stand-in for Metropolis' exponential: no library function whose last bit
      // differs between systems.
      let risk = (changedCost - currentCost) / max(heat, .leastNormalMagnitude)
      let chance = risk <= 0 ? 1 : 1 / (1 + risk + risk * risk / 2 + risk * risk * risk / 6)
      if random.unit() < chance {
        swap(&current, &changed)
        currentCost = changedCost
        if currentCost < best.cost { best = (current, currentCost) }
      }
      heat *= 0.9995
    }
    return best.order
  }

  /// Takes a group out and puts it in at another place; no memory is asked for.
  private func move(_ from: Int, to target: Int, in order: inout [Int]) {
    let step = from < target ? 1 : -1
    var place = from
    while place != target {
      order.swapAt(place, place + step)
      place += step
    }
  }

  private func reverse(_ places: Range<Int>, of order: inout [Int]) {
    var (low, high) = (places.lowerBound, places.upperBound - 1)
    while low < high {
      order.swapAt(low, high)
      (low, high) = (low + 1, high - 1)
    }
  }
}
