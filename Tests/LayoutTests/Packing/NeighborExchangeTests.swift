import Tensors
import Testing

@testable import Layout

@Suite struct NeighborExchangeTests {
  @Test(arguments: UInt64(0)..<40)
  func `places stay the same set for each size and the way gets no longer`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let sides = (0..<14).map { _ in Int.random(in: 1...3, using: &random) }.sorted(by: >)
    let places = (0..<14).map { (x: $0 % 5 * 3, y: $0 / 5 * 3) }.shuffled(using: &random)
    let order = Array(0..<14).shuffled(using: &random)
    let found = NeighborExchange.places(places, sides: sides, order: order)
    for side in 1...3 {
      let members = sides.indices.filter { sides[$0] == side }
      #expect(
        members.map { [found[$0].x, found[$0].y] }.sorted { $0.lexicographicallyPrecedes($1) }
          == members.map { [places[$0].x, places[$0].y] }
          .sorted { $0.lexicographicallyPrecedes($1) })
    }
    #expect(length(found, sides, order) <= length(places, sides, order))
  }

  @Test func `a row of equal squares follows the order`() {
    let order = [3, 0, 2, 4, 1]
    let found = NeighborExchange.places(
      (0..<5).map { (x: $0, y: 0) }, sides: [1, 1, 1, 1, 1], order: order)
    #expect(length(found, [1, 1, 1, 1, 1], order) == 2 * 4)
  }

  @Test func `few squares stay where they are`() {
    let found = NeighborExchange.places([(x: 1, y: 2)], sides: [3], order: [0])
    #expect(found.map(\.x) == [1])
    #expect(NeighborExchange.places([], sides: [], order: []).isEmpty)
  }
}

private func length(_ places: [(x: Int, y: Int)], _ sides: [Int], _ order: [Int]) -> Int {
  let way = order.indices.sorted { order[$0] < order[$1] }
  return zip(way, way.dropFirst()).reduce(0) { sum, pair in
    let (one, other) = (places[pair.0], places[pair.1])
    let shift = sides[pair.0] - sides[pair.1]
    return sum + abs(2 * (one.x - other.x) + shift) + abs(2 * (one.y - other.y) + shift)
  }
}
