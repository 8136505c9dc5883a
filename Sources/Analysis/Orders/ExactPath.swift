import CVectorKernels
import Tensors

/// The shortest open path through a few items, by dynamic programming over subsets.
///
/// M. Held, R. M. Karp, "A Dynamic Programming Approach to Sequencing Problems", J. SIAM 10(1),
/// 1962, doi:10.1137/0110015. CNNVis (Liu et al., TVCG 2017) orders rows this way.
///
/// Ours: the last item is where two ways meet that share out the others, so that half of the subsets
/// are enough.
struct ExactPath {
  /// Most items; their tables take 2 MiB.
  static let mostItems = 16

  /// The item that both ways start from; those before it are shared out.
  private let hub: Int
  /// Distances from each item, one lane an item.
  private let steps: [SIMD16<Float>]
  /// For each subset, the shortest way from the hub through its items to each of the others.
  private var ways: [SIMD16<Float>]
  /// For each subset, the shortest way from the hub through its items that ends at one of them.
  private var least: [Float]

  /// The shortest order of `0..<count`; its first item is lower than its last.
  ///
  /// - Parameter distance: The same both ways; where some are not finite, any order is given.
  /// - Complexity: O(2ⁿ · *n*²) time, a vector of 16 at a time; O(2ⁿ) memory.
  static func order(
    _ count: Int, variant: VectorVariant = .widest, distance: (Int, Int) -> Float
  ) -> [Int] {
    precondition(count <= mostItems)
    guard count > 1 else { return Array(0..<count) }
    var path = ExactPath(count, distance)
    path.fill(variant)
    return path.trace()
  }

  private init(_ count: Int, _ distance: (Int, Int) -> Float) {
    hub = count - 1
    steps = (0..<count).map { from in
      var row = SIMD16<Float>(repeating: .infinity)
      for to in 0..<count where to != from { row[to] = distance(from, to) }
      return row
    }
    ways = Array(repeating: steps[hub], count: 1 << hub)
    least = Array(repeating: 0, count: 1 << hub)
  }

  private mutating func fill(_ variant: VectorVariant) {
    unsafe steps.withUnsafeBytes { steps in
      unsafe ways.withUnsafeMutableBytes { ways in
        unsafe least.withUnsafeMutableBufferPointer { least in
          unsafe vk_path_ways(
            variant.number, hub, steps.baseAddress?.assumingMemoryBound(to: Float.self),
            ways.baseAddress?.assumingMemoryBound(to: Float.self), least.baseAddress)
        }
      }
    }
  }

  /// The two ways that are shortest together, the first of equals.
  private func trace() -> [Int] {
    let all = (1 << hub) - 1
    var best = (subset: 0, length: Float.infinity)
    for subset in 0...all / 2 {
      let length = least[subset] + least[all ^ subset]
      if length < best.length { best = (subset, length) }
    }
    let order = way(through: best.subset) + [hub] + way(through: all ^ best.subset).reversed()
    return order[0] <= order[hub] ? order : order.reversed()
  }

  /// The shortest way through a subset, from its end to the item next to the hub.
  private func way(through subset: Int) -> [Int] {
    var (rest, length) = (subset, least[subset])
    var step: SIMD16<Float>?
    var order: [Int] = []
    while rest != 0 {
      // One of the rest, even if no way through it has a length.
      var best = (item: rest.trailingZeroBitCount, excess: Float.infinity, length: length)
      for item in 0..<hub where rest >> item & 1 == 1 {
        let way = ways[rest ^ 1 << item][item]
        let excess = way + (step?[item] ?? 0) - length
        if excess < best.excess { best = (item, excess, way) }
      }
      order.append(best.item)
      rest ^= 1 << best.item
      (step, length) = (steps[best.item], best.length)
    }
    return order
  }
}
