import Tensors

/// The clustering a layer gets by default: k-means on class profiles, with the number of clusters
/// chosen by silhouette.
///
/// The silhouette alone tends to prefer very few clusters. So the rule is: the *most* clusters
/// whose mean silhouette is within ``tolerance`` of the best.
public struct NeuronClustering: Sendable {
  /// Most clusters considered; never more than half the live neurons.
  public var mostClusters = 12
  /// Silhouette given up for more detail.
  public var tolerance = 0.02
  /// Independent starts of k-means for each number of clusters.
  public var starts = 3

  /// The defaults.
  public init() {}

  /// Groups neurons by what they respond to; dead ones are labelled -1.
  ///
  /// - Parameters:
  ///   - meanByClass: Mean activations, neurons × classes.
  ///   - isCancelled: Asked between steps; true ends early with what there is.
  /// - Complexity: O(11 · starts · iterations · neurons · classes · 12).
  public func cluster(
    _ meanByClass: Matrix, seed: UInt64, isCancelled: () -> Bool = { false }
  ) -> Clustering {
    let profiles = ActivationProfiles(meanByClass)
    let curve = silhouetteCurve(profiles, seed: seed, isCancelled: isCancelled)
    let best = curve.map(\.silhouette).max() ?? 0
    let chosen = curve.last { best > 0 && $0.silhouette >= best - tolerance }
    let count = chosen?.partition.clusterCount ?? min(1, profiles.live.count)
    return Clustering(
      labels: profiles.spread(
        chosen?.partition.labels ?? Array(repeating: 0, count: profiles.live.count)),
      clusterCount: count, silhouette: chosen?.silhouette,
      method: "k-means on class profiles (cosine), k = \(count) by silhouette, seed \(seed)")
  }

  /// The mean silhouette of each number of clusters, ascending; empty for fewer than three live
  /// neurons or when all profiles are equal.
  public func silhouetteCurve(
    _ profiles: ActivationProfiles, seed: UInt64, isCancelled: () -> Bool = { false }
  ) -> [SilhouettePoint] {
    guard profiles.live.count > 2 else { return [] }
    let rows = ClusteredRows(profiles)
    let distances = SilhouetteDistances(profiles, seed: seed)
    var curve: [SilhouettePoint] = []
    for count in 2...max(2, min(mostClusters, profiles.live.count / 2)) {
      let search = KMeans(clusterCount: count, seed: seed, starts: max(1, starts))
      guard let found = try? search.partition(rows, isCancelled: isCancelled),
        found.clusterCount == count,
        let value = distances.meanSilhouette(found.labels, clusterCount: count)
      else { break }
      curve.append(SilhouettePoint(partition: found, silhouette: value))
    }
    return curve
  }
}

/// One point of the curve by which the number of clusters is chosen.
public struct SilhouettePoint: Equatable, Sendable {
  public var partition: KMeansPartition
  /// Mean silhouette, -1…1.
  public var silhouette: Double
}
