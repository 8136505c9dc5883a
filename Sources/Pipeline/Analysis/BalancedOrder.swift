import Tensors

/// In which order images are visited, so that any beginning is a fair picture of the whole.
///
/// Images of a class come in seeded random order; classes take turns, in a new random order each
/// round, until they have no image left. So in every prefix, classes that still have images
/// differ by at most one. The order depends on labels and seed only.
public struct BalancedOrder: Equatable, Sendable {
  /// Image indices in visiting order.
  public let images: [Int]

  /// All images of a data set. Unlabelled ones take turns like a class of their own.
  ///
  /// - Complexity: O(images + rounds · classes).
  public init(labels: [Int?], seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var groups: [[Int]] = []
    var groupOfLabel: [Int?: Int] = [:]
    for (image, label) in labels.enumerated() {
      if let group = groupOfLabel[label] {
        groups[group].append(image)
      } else {
        groupOfLabel[label] = groups.count
        groups.append([image])
      }
    }
    for group in groups.indices { groups[group].shuffle(using: &random) }
    var order: [Int] = []
    order.reserveCapacity(labels.count)
    var waiting = Array(groups.indices)
    while !waiting.isEmpty {
      waiting.shuffle(using: &random)
      for group in waiting {
        if let image = groups[group].popLast() { order.append(image) }
      }
      waiting.removeAll { groups[$0].isEmpty }
    }
    images = order
  }

  private init(images: [Int]) {
    self.images = images
  }

  /// The first `count` images.
  public func limited(to count: Int?) -> BalancedOrder {
    BalancedOrder(images: Array(images.prefix(max(0, count ?? images.count))))
  }

  /// Part `index` of `count`, both from 1: every `count`-th image from the `index`-th.
  ///
  /// - Precondition: `1 <= index <= count`.
  public func shard(_ index: Int, of count: Int) -> BalancedOrder {
    precondition(index >= 1 && index <= count, "part \(index) of \(count)")
    return BalancedOrder(
      images: stride(from: index - 1, to: images.count, by: count).map { images[$0] })
  }
}
