/// The shortest open path through a few items, by dynamic programming over subsets.
///
/// M. Held, R. M. Karp, "A Dynamic Programming Approach to Sequencing Problems", J. SIAM 10(1),
/// 1962, doi:10.1137/0110015. CNNVis (Liu et al., TVCG 2017) orders rows this way.
struct ExactPath {
  /// Most items; their table takes 4 MiB.
  static let mostItems = 16

  private let count: Int
  /// Distances from each item, one lane an item.
  private let distances: [SIMD16<Float>]
  /// Shortest path through the items of a subset that ends at each of them; subset × 16.
  private var shortest: [Float]

  /// The shortest order of `0..<count`; its first item is lower than its last.
  ///
  /// - Complexity: O(2ⁿ · *n*²) time, a vector of 16 at a time; O(2ⁿ) memory.
  static func order(_ count: Int, distance: (Int, Int) -> Float) -> [Int] {
    precondition(count <= mostItems)
    guard count > 1 else { return Array(0..<count) }
    var path = ExactPath(count, distance)
    path.fill()
    return path.trace()
  }

  private init(_ count: Int, _ distance: (Int, Int) -> Float) {
    self.count = count
    distances = (0..<count).map { from in
      var row = SIMD16<Float>(repeating: .infinity)
      for to in 0..<count where to != from { row[to] = distance(from, to) }
      return row
    }
    shortest = Array(repeating: .infinity, count: 16 << count)
    for item in 0..<count { shortest[(16 << item) + item] = 0 }
  }

  /// Extends every subset's paths by one item. Each entry has one predecessor subset, so it is
  /// written once.
  private mutating func fill() {
    let all = (1 << count) - 1
    for subset in 1..<all {
      var best = SIMD16<Float>(repeating: .infinity)
      var inside = subset
      while inside != 0 {
        let last = inside.trailingZeroBitCount
        inside &= inside - 1
        let extended = distances[last] + shortest[(subset << 4) + last]
        best = best.replacing(with: extended, where: extended .< best)
      }
      var outside = all & ~subset
      while outside != 0 {
        let next = outside.trailingZeroBitCount
        outside &= outside - 1
        shortest[((subset | 1 << next) << 4) + next] = best[next]
      }
    }
  }

  /// Walks back from the best end, the lowest of equals.
  private func trace() -> [Int] {
    var subset = (1 << count) - 1
    var last = 0
    for item in 0..<count where shortest[(subset << 4) + item] < shortest[(subset << 4) + last] {
      last = item
    }
    var order = [last]
    while order.count < count {
      let length = shortest[(subset << 4) + last]
      subset &= ~(1 << last)
      last = predecessor(of: last, in: subset, length: length)
      order.append(last)
    }
    return order[0] <= order[count - 1] ? order : order.reversed()
  }

  private func predecessor(of item: Int, in subset: Int, length: Float) -> Int {
    var best = (item: 0, excess: Float.infinity)
    for candidate in 0..<count where subset >> candidate & 1 == 1 {
      let excess = shortest[(subset << 4) + candidate] + distances[candidate][item] - length
      if excess < best.excess { best = (candidate, excess) }
    }
    return best.item
  }
}
