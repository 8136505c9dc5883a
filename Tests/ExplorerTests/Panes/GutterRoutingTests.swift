import Tensors
import Testing

@testable import Explorer

struct GutterRoutingTests {
  private let room = GutterRoom(left: 0, right: 14, rows: 0..<30)

  @Test func `a straight link stays straight`() {
    let routes = routed([([4], [4])], in: room)
    #expect(routes.count == 1)
    #expect(routes[0].hub == 4 && routes[0].before == nil && routes[0].after == nil)
  }

  @Test func `hubs lie in rows of their own, in the order of their members`() {
    let routes = routed([([20, 25], [20, 25]), ([2, 6], [2, 6])], in: room)
    #expect(routes.count == 2)
    #expect(routes[1].hub < routes[0].hub)
    #expect(routes.allSatisfy { ![2, 6, 20, 25].contains($0.hub) })
  }

  @Test(arguments: UInt64(0)..<100)
  func `trunks never meet in a column, hubs never in a row`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let rows = { (random: inout SeededGenerator) in
      (0..<Int.random(in: 1...3, using: &random)).map { _ in
        6 * Int.random(in: 0..<5, using: &random)
      }
    }
    let ends = (0..<12).map { _ in (sources: rows(&random), targets: rows(&random)) }
    let routes = routed(ends, in: room)
    #expect(!routes.isEmpty)
    #expect(Set(routes.map(\.hub)).count == routes.count)
    for (index, one) in routes.enumerated() {
      for other in routes.dropFirst(index + 1) {
        if let column = one.before, column == other.before {
          let spans = [one, other].map { $0.sources + [$0.hub] }.map {
            ($0.min() ?? 0)...($0.max() ?? 0)
          }
          #expect(!spans[0].overlaps(spans[1]))
        }
        if let column = one.after, column == other.after {
          let spans = [one, other].map { $0.targets + [$0.hub] }.map {
            ($0.min() ?? 0)...($0.max() ?? 0)
          }
          #expect(!spans[0].overlaps(spans[1]))
        }
      }
    }
  }
}
