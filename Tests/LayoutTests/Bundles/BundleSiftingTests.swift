import Tensors
import Testing

@testable import Layout

@Suite struct BundleSiftingTests {
  @Test(arguments: UInt64(0)..<30)
  func `what moves say they change is what changes`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var sifting = try #require(randomSifting(seed: seed))
    var crossings = sifting.crossings
    for step in 0..<40 {
      let vertex = Int.random(in: 0..<sifting.orders.joined().count, using: &random)
      let rank = try #require(sifting.orders.firstIndex { $0.contains(vertex) })
      let place = Int.random(in: 0..<sifting.orders[rank].count, using: &random)
      let change = step.isMultiple(of: 2) ? sifting.move(vertex, to: place) : sifting.sift(vertex)
      if !step.isMultiple(of: 2) { #expect(change <= 0) }
      crossings += change
      #expect(sifting.crossings == crossings)
      #expect(sifting.orders[rank].firstIndex(of: vertex) == sifting.place(of: vertex))
    }
  }

  @Test(arguments: UInt64(0)..<10)
  func `searching never ends with more`(seed: UInt64) throws {
    var sifting = try #require(randomSifting(seed: seed))
    let before = sifting.crossings
    var random = SeededGenerator(seed: seed)
    sifting.search(using: &random) { false }
    #expect(sifting.crossings <= before)
    #expect(sifting.ways().allSatisfy { 0...3 ~= $0.hubsAbove })
  }

  @Test func `too many pairs of hubs and links are refused`() {
    let links = Array(repeating: (left: 0, right: 3), count: BundleSifting.mostPairs / 2 + 1)
    #expect(
      BundleSifting(
        orders: [[0], [1, 2], [3]], spokes: Array(repeating: [[], []], count: 4), links: links,
        mostVisits: 1) == nil)
  }
}

/// Two columns of five nodes, three hubs, eight single links.
private func randomSifting(seed: UInt64) -> BundleSifting? {
  var random = SeededGenerator(seed: seed)
  var spokes = Array(repeating: [[Int](), [Int]()], count: 13)
  for hub in 5..<8 {
    for node in Array(0..<5) + Array(8..<13) where random.unit() < 0.5 {
      spokes[hub][node < 5 ? 0 : 1].append(node)
      spokes[node][node < 5 ? 1 : 0].append(hub)
    }
  }
  let links = (0..<8).map { _ in
    (left: Int.random(in: 0..<5, using: &random), right: Int.random(in: 8..<13, using: &random))
  }
  return BundleSifting(
    orders: [Array(0..<5), Array(5..<8), Array(8..<13)], spokes: spokes, links: links,
    mostVisits: 100_000)
}
