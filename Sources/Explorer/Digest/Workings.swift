import Findings
import Networks

/// What was worked out from the atlas for the screens, piece by piece.
///
/// Every piece is a function of the atlas, the clusters and how edges are weighed: pieces of one
/// revision fit together wherever they were worked out.
package struct Workings: Sendable {
  /// Grows whenever pieces stop holding.
  var revision = 0
  var digests: [Int: LayerDigest] = [:]
  /// Kernels of one network never change, so they outlive refreshes.
  var kernels: [Int: KernelDigest] = [:]
  /// Figures do not depend on clusters, so they outlive edits.
  var figures: [Int: LayerFigures] = [:]
  var gutters: [GutterKey: GutterEdges] = [:]
  var bundles: [BundleKey: GutterBundles] = [:]
  var outgoing: [NeuronLinkKey: NeuronLinks] = [:]
  var pairDigest: PairDigest?
  var packings: [PackingKey: FeaturePages] = [:]
  private(set) var heats: [HeatKey: ClusterHeat] = [:]
  /// The most frequent confusions; nil until somebody asks.
  var confusions: [Confusion]?
  /// Of the network with these groups open; outlive refreshes.
  var arrangements: [Set<LayerGroup>: NetworkArrangement] = [:]
  /// What is wrong with the network, worst first; nil until somebody asks.
  var findings: [Finding]?

  /// Packings above which those that do not show are dropped.
  static let mostPackings = 768
  /// Small heatmaps above which all are dropped.
  private static let mostHeats = 512
  /// Arrangements above which all are dropped.
  private static let mostArrangements = 32

  /// Drops whatever was worked out from the clusters of these layers, or everything but kernels
  /// when nil. Everything that names clusters by their place goes, or it would show one cluster as
  /// another.
  mutating func forget(_ layers: Set<Int>?) {
    revision += 1
    guard let layers else {
      self = Workings(revision: revision, kernels: kernels, arrangements: arrangements)
      return
    }
    func isForgotten(_ key: GutterKey) -> Bool {
      layers.contains(key.source) || layers.contains(key.target)
    }
    digests = digests.filter { !layers.contains($0.key) }
    packings = packings.filter { !layers.contains($0.key.layer) }
    heats = heats.filter { !layers.contains($0.key.layer) }
    gutters = gutters.filter { !isForgotten($0.key) }
    bundles = bundles.filter { !isForgotten($0.key.gutter) }
    pairDigest = nil
    findings = nil
  }

  /// Marks everything as of an older atlas; it still fits together.
  mutating func renew() {
    revision += 1
    figures = [:]
    outgoing = [:]
    pairDigest = nil
    confusions = nil
  }

  /// Pictures of a layer whose sizes stand for contributions keep showing until they are packed
  /// anew.
  mutating func outdateSizes(of layer: Int) {
    let keys = packings.keys.filter { $0.layer == layer && $0.importance == .contribution }
    guard !keys.isEmpty else { return }
    revision += 1
    for key in keys { packings[key]?.isOutdated = true }
  }

  /// Drops the links between all layers: they mean something else now.
  mutating func forgetLinks() {
    revision += 1
    gutters = [:]
    bundles = [:]
    outgoing = [:]
  }

  /// How the network is arranged with these groups open, worked out unless it was lately.
  mutating func arrangement(_ network: Network, expanded: Set<LayerGroup>) -> NetworkArrangement {
    if let known = arrangements[expanded] { return known }
    let made = NetworkArrangement(network, expanded: expanded)
    if arrangements.count >= Self.mostArrangements { arrangements = [:] }
    arrangements[expanded] = made
    return made
  }

  mutating func keep(_ heat: ClusterHeat, for key: HeatKey) {
    if heats.count >= Self.mostHeats { heats = [:] }
    heats[key] = heat
  }

  /// Takes over pieces of the same revision that were worked out elsewhere.
  mutating func merge(_ other: Workings) {
    digests.merge(other.digests) { $0.isFilled ? $0 : $1 }
    kernels.merge(other.kernels) { mine, _ in mine }
    figures.merge(other.figures) { mine, _ in mine }
    gutters.merge(other.gutters) { mine, _ in mine }
    bundles.merge(other.bundles) { mine, _ in mine }
    packings.merge(other.packings) { $0.isFurther(than: $1) ? $0 : $1 }
    heats.merge(other.heats) { mine, _ in mine }
    if heats.count > Self.mostHeats { heats = other.heats }
    confusions = confusions ?? other.confusions
    findings = findings ?? other.findings
    arrangements.merge(other.arrangements) { mine, _ in mine }
    if arrangements.count > Self.mostArrangements { arrangements = other.arrangements }
  }

  /// Keeps what packings of clusters that stay the same show, until they are packed anew.
  ///
  /// - Parameters:
  ///   - old: The packings of a layer before its clusters changed.
  ///   - before: The layer's digest then.
  ///   - after: The same now.
  mutating func carryOver(
    _ old: [PackingKey: FeaturePages], from before: LayerDigest, to after: LayerDigest
  ) {
    var places: [[Int]: Int] = [:]
    for (place, cluster) in after.clusters.enumerated() {
      places[cluster.members.sorted()] = place
    }
    for (key, pages) in old {
      var (key, pages) = (key, pages)
      if let place = key.cluster {
        guard before.clusters.indices.contains(place) else { continue }
        let members = before.clusters[place].members
        guard let next = places[members.sorted()] else { continue }
        key.cluster = next
        pages.isOutdated = pages.isOutdated || after.clusters[next].members != members
      } else {
        pages.isOutdated = true
      }
      packings[key] = pages
    }
  }
}
