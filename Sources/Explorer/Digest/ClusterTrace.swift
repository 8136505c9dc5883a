/// Where a cluster's input comes from and where its output goes, as shares of the strength.
///
/// Upstream, a cluster's share is split over the links into it in proportion to their weight,
/// and each share goes on to the link's source; downstream likewise. Shares of one column add
/// up to 1 at most.
struct ClusterTrace: Sendable {
  /// A cluster of a layer, by its place in display order.
  struct Spot: Hashable, Sendable {
    var layer: Int
    var place: Int
  }

  /// A link between two clusters of two panes; signs apart.
  struct Step: Hashable, Sendable {
    var gutter: GutterKey
    var source: Int
    var target: Int
    var isNegative: Bool
  }

  private(set) var shares: [Spot: Double]
  private(set) var flows: [Step: Double] = [:]

  /// - Parameters:
  ///   - gutters: Those known, each once, from left to right: by rank of source, then of target.
  ///   - links: Of each gutter.
  /// - Complexity: O(links).
  init(from start: Spot, gutters: [GutterKey], links: [GutterKey: GutterEdges]) {
    shares = [start: 1]
    let usable = gutters.filter { links[$0] != nil }
    walk(start, usable, links, isUpstream: false)
    walk(start, Array(usable.reversed()), links, isUpstream: true)
  }

  /// The share of the whole that flows through a bundle.
  func flow(_ bundle: LinkBundle, of gutter: GutterKey) -> Double {
    bundle.sources.reduce(0) { sum, source in
      bundle.targets.reduce(sum) {
        let step = Step(
          gutter: gutter, source: source, target: $1, isNegative: bundle.isNegative)
        return $0 + (flows[step] ?? 0)
      }
    }
  }

  private mutating func walk(
    _ start: Spot, _ gutters: [GutterKey], _ links: [GutterKey: GutterEdges], isUpstream: Bool
  ) {
    var reached: [Spot: Double] = [start: 1]
    let layers = gutters.map { isUpstream ? $0.target : $0.source }
    let measured = Set(
      gutters.filter { links[$0]?.measure != .alike }.map { isUpstream ? $0.target : $0.source })
    var seen: Set<Int> = []
    for layer in layers where seen.insert(layer).inserted {
      let ways = gutters.filter {
        (isUpstream ? $0.target : $0.source) == layer
          && (links[$0]?.measure != .alike || !measured.contains(layer))
      }
      spread(layer, over: ways, links, isUpstream, &reached)
    }
    for (spot, share) in reached where spot != start { shares[spot] = share }
  }

  private mutating func spread(
    _ layer: Int, over ways: [GutterKey], _ links: [GutterKey: GutterEdges], _ isUpstream: Bool,
    _ reached: inout [Spot: Double]
  ) {
    var totals: [Int: Double] = [:]
    for way in ways {
      for link in links[way]?.links ?? [] {
        totals[isUpstream ? link.target : link.source, default: 0] += link.weight
      }
    }
    for way in ways {
      for link in links[way]?.links ?? [] {
        let near = isUpstream ? link.target : link.source
        guard let share = reached[Spot(layer: layer, place: near)], let total = totals[near],
          total > 0
        else { continue }
        let flow = share * link.weight / total
        let step = Step(
          gutter: way, source: link.source, target: link.target, isNegative: link.isNegative)
        flows[step, default: 0] += flow
        let far = Spot(
          layer: isUpstream ? way.source : way.target,
          place: isUpstream ? link.source : link.target)
        reached[far, default: 0] += flow
      }
    }
  }
}
