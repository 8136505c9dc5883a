import Tensors
import Testing

@testable import Pipeline

@Suite struct BalancedOrderTests {
  private func labels(seed: UInt64) -> [Int?] {
    var random = SeededGenerator(seed: seed)
    let sizes = (0..<6).map { _ in Int.random(in: 0...30, using: &random) }
    return sizes.enumerated().flatMap { label, size in
      Array(repeating: label == 5 ? nil : label, count: size)
    }.shuffled(using: &random)
  }

  @Test(arguments: UInt64(0)..<40)
  func `every image is visited once`(seed: UInt64) {
    let labels = labels(seed: seed)
    #expect(BalancedOrder(labels: labels, seed: seed).images.sorted() == Array(labels.indices))
  }

  @Test(arguments: UInt64(0)..<40)
  func `in every prefix, classes that are not used up differ by at most one`(seed: UInt64) {
    let labels = labels(seed: seed)
    let sizes = Dictionary(grouping: labels) { $0 }.mapValues(\.count)
    var seen: [Int?: Int] = [:]
    for image in BalancedOrder(labels: labels, seed: seed).images {
      seen[labels[image], default: 0] += 1
      let most = seen.values.max() ?? 0
      for (label, size) in sizes { #expect(seen[label, default: 0] >= min(size, most - 1)) }
    }
  }

  @Test func `the order depends on the seed, and on nothing else`() {
    let labels = labels(seed: 3)
    let orders = [1, 1, 2].map { BalancedOrder(labels: labels, seed: $0) }
    #expect(orders[0] == orders[1])
    #expect(orders[0] != orders[2])
  }

  @Test(arguments: [1, 2, 3, 7])
  func `shards part the order among them`(count: Int) {
    let order = BalancedOrder(labels: labels(seed: 4), seed: 4).limited(to: 50)
    #expect(order.images.count == 50)
    let shards = (1...count).map { order.shard($0, of: count).images }
    #expect(shards.flatMap { $0 }.sorted() == order.images.sorted())
    #expect((shards.map(\.count).max() ?? 0) - (shards.map(\.count).min() ?? 0) <= 1)
    #expect(shards[0].first == order.images.first)
  }
}
