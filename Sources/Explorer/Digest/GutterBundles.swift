import Analysis
import Tensors

/// Links of a gutter that are drawn together: every source is linked to every target.
struct LinkBundle: Hashable, Sendable {
  /// Places of clusters, ascending.
  var sources: [Int]
  var targets: [Int]
  var isNegative: Bool
  /// Sum over its links; a link in two bundles counts in the first.
  var weight: Double

  /// Whether it is a bicluster and not a single link.
  var isBicluster: Bool { sources.count + targets.count > 2 }
}

/// The strongest links of a gutter, bundled.
struct GutterBundles: Sendable {
  var measure: GutterEdges.Measure
  /// Heaviest first.
  var bundles: [LinkBundle]
  /// Of all links, those left out too.
  var total: Double

  /// Most links bundled, so that no network makes a gutter dear.
  private static let mostLinks = 512

  /// Keeps the strongest links that together hold `percent` of the total, at least one, and
  /// covers them by biclusters, signs apart; see ``Biclustering``.
  ///
  /// - Complexity: that of a cover of a clusters × clusters matrix for each sign.
  init(_ edges: GutterEdges, percent: Int, sourceCount: Int, targetCount: Int) {
    measure = edges.measure
    total = edges.total
    var kept: [ClusterLink] = []
    var sum = 0.0
    for link in edges.links.prefix(Self.mostLinks) {
      if !kept.isEmpty, sum + link.weight > edges.total * (Double(percent) / 100 + 1e-9) { break }
      kept.append(link)
      sum += link.weight
    }
    bundles = [false, true].flatMap { isNegative in
      covered(kept.filter { $0.isNegative == isNegative }, isNegative, sourceCount, targetCount)
    }
    bundles.sort {
      ($1.weight, $0.sources[0], $0.targets[0]) < ($0.weight, $1.sources[0], $1.targets[0])
    }
  }
}

private func covered(
  _ links: [ClusterLink], _ isNegative: Bool, _ sourceCount: Int, _ targetCount: Int
) -> [LinkBundle] {
  guard !links.isEmpty else { return [] }
  var weights = Array(repeating: Float(0), count: sourceCount * targetCount)
  for link in links { weights[link.source * targetCount + link.target] = Float(link.weight) }
  var search = Biclustering()
  search.tries = 24
  let matrix = Matrix(rowCount: sourceCount, columnCount: targetCount, values: weights)
  let cover = search.cover(matrix)
  var left = weights
  var bundles: [LinkBundle] = []
  for bicluster in cover.biclusters {
    var sum = 0.0
    for source in bicluster.left {
      for target in bicluster.right {
        sum += Double(left[source * targetCount + target])
        left[source * targetCount + target] = 0
      }
    }
    bundles.append(
      LinkBundle(
        sources: bicluster.left, targets: bicluster.right, isNegative: isNegative, weight: sum))
  }
  return bundles
    + cover.direct.map {
      LinkBundle(
        sources: [$0.left], targets: [$0.right], isNegative: isNegative,
        weight: Double(weights[$0.left * targetCount + $0.right]))
    }
}

/// Which bundles: the gutter, and how much of its weight they may hold.
struct BundleKey: Hashable, Sendable {
  var gutter: GutterKey
  var percent: Int
}
