import Testing

@testable import Explorer

struct ClusterTraceTests {
  private let first = GutterKey(source: 0, target: 1)
  private let second = GutterKey(source: 1, target: 2)
  private let skip = GutterKey(source: 0, target: 2)

  private func edges(_ links: [(Int, Int, Double)]) -> GutterEdges {
    GutterEdges(
      measure: .weights,
      links: links.map {
        ClusterLink(source: $0.0, target: $0.1, weight: $0.2, isNegative: false)
      }, total: links.reduce(0) { $0 + $1.2 })
  }

  @Test func `shares are split by weight and go on to any depth`() {
    let links = [
      first: edges([(0, 0, 3), (1, 0, 1)]), second: edges([(0, 0, 2), (1, 0, 2)]),
    ]
    let trace = ClusterTrace(
      from: ClusterTrace.Spot(layer: 2, place: 0), gutters: [first, second], links: links)
    #expect(trace.shares[ClusterTrace.Spot(layer: 1, place: 0)] == 0.5)
    #expect(trace.shares[ClusterTrace.Spot(layer: 1, place: 1)] == 0.5)
    #expect(trace.shares[ClusterTrace.Spot(layer: 0, place: 0)] == 0.375)
    let bundle = LinkBundle(sources: [0, 1], targets: [0], isNegative: false, weight: 4)
    #expect(trace.flow(bundle, of: first) == 0.5)
  }

  @Test func `downstream shares go through skips too`() {
    let links = [
      first: edges([(0, 0, 1)]), second: edges([(0, 0, 1)]), skip: edges([(0, 0, 3)]),
    ]
    let trace = ClusterTrace(
      from: ClusterTrace.Spot(layer: 0, place: 0), gutters: [first, skip, second], links: links)
    #expect(trace.shares[ClusterTrace.Spot(layer: 1, place: 0)] == 0.25)
    #expect(trace.shares[ClusterTrace.Spot(layer: 2, place: 0)] == 1)
  }
}
