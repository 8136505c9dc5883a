/// A reordering of `0..<count`; `order[i]` is what shows at place `i`.
public struct Permutation: Equatable, Sendable {
  /// Item at each place.
  public let order: [Int]

  /// Nil unless `order` holds every index of `0..<order.count` exactly once.
  public init?(_ order: [Int]) {
    var seen = Array(repeating: false, count: order.count)
    for item in order {
      guard order.indices.contains(item), !seen[item] else { return nil }
      seen[item] = true
    }
    self.order = order
  }

  /// Every item at its own place.
  public init(identity count: Int) {
    order = Array(0..<count)
  }

  /// Number of items.
  public var count: Int { order.count }

  /// Place of each item: `inverse[order[i]] == i`.
  public var inverse: [Int] {
    var places = Array(repeating: 0, count: order.count)
    for (place, item) in order.enumerated() { places[item] = place }
    return places
  }
}
