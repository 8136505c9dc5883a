import Tensors

/// The clustering a layer gets: by default k-means on class profiles, with the number of clusters
/// chosen by silhouette.
///
/// The silhouette alone tends to prefer very few clusters. So the rule is: the *most* clusters
/// whose mean silhouette is within ``tolerance`` of the best.
public struct NeuronClustering: Sendable {
  public var method = ClusteringMethod.kmeans
  /// Clusters to make; chosen when nil. Mean-shift finds its own number.
  public var clusterCount: Int?
  /// Most clusters considered; never more than half the live neurons.
  public var mostClusters = 12
  /// Silhouette given up for more detail.
  public var tolerance = 0.02
  /// Independent starts of k-means for each number of clusters; three up to 1,024 rows and one
  /// above when nil.
  public var starts: Int? = 3
  /// Width of mean-shift's window between unit rows; estimated when nil.
  public var bandwidth: Double?

  /// The defaults.
  public init() {}

  /// Groups neurons by what they respond to; dead ones are labelled -1.
  ///
  /// - Parameters:
  ///   - meanByClass: Mean activations, neurons × classes.
  ///   - isCancelled: Asked between steps; true ends early with one cluster.
  ///   - progress: Told how far it is.
  /// - Complexity: O(11 · starts · iterations · neurons · classes · 12).
  public func cluster(
    _ meanByClass: Matrix, seed: UInt64, isCancelled: () -> Bool = { false },
    progress: (WorkProgress) -> Void = { _ in }
  ) -> Clustering {
    let profiles = ActivationProfiles(meanByClass)
    let whole = Array(repeating: 0, count: profiles.live.count)
    let found =
      (try? analyze(profiles, seed: seed, isCancelled: isCancelled, progress: progress))
      ?? ClusterAnalysis(labels: whole, silhouette: nil)
    let choice = clusterCount == nil && method != .meanShift ? " by silhouette" : ""
    return Clustering(
      labels: profiles.spread(found.labels), clusterCount: found.clusterCount,
      silhouette: found.silhouette,
      method: "\(method.words) on class profiles (cosine), k = \(found.clusterCount)\(choice)"
        + (found.bandwidth.map { ", bandwidth \(rounded($0))" } ?? "")
        + (method.linkage == nil ? ", seed \(seed)" : ""))
  }

  /// Groups the live rows of `profiles`, with the curve, the tree or the bandwidth that led there.
  ///
  /// - Parameters:
  ///   - isCancelled: Asked between steps; true ends the work with `.cancelled`.
  ///   - progress: Told how far it is.
  public func analyze(
    _ profiles: ActivationProfiles, seed: UInt64, isCancelled: () -> Bool = { false },
    progress: (WorkProgress) -> Void = { _ in }
  ) throws(ClusteringError) -> ClusterAnalysis {
    if let clusterCount, clusterCount < 1 { throw .clusterCount(clusterCount) }
    if method == .meanShift {
      return try shiftedMeans(profiles, seed: seed, isCancelled: isCancelled, progress: progress)
    }
    let cut = try cutting(profiles, seed: seed, isCancelled: isCancelled, progress: progress)
    let distances = SilhouetteDistances(profiles, seed: seed)
    if let clusterCount {
      return try cut.analysis(into: clusterCount, distances, isCancelled: isCancelled)
    }
    let curve = try cut.curve(
      upTo: mostClusters, distances, isCancelled: isCancelled, progress: progress)
    return cut.analysis(of: curve, tolerance: tolerance)
  }

  /// The mean silhouette of each number of clusters, ascending; empty for fewer than three live
  /// neurons or when all profiles are equal.
  public func silhouetteCurve(
    _ profiles: ActivationProfiles, seed: UInt64, isCancelled: () -> Bool = { false }
  ) throws(ClusteringError) -> [SilhouettePoint] {
    let cut = try cutting(profiles, seed: seed, isCancelled: isCancelled) { _ in }
    return try cut.curve(
      upTo: mostClusters, SilhouetteDistances(profiles, seed: seed), isCancelled: isCancelled
    ) { _ in }
  }

  private func cutting(
    _ profiles: ActivationProfiles, seed: UInt64, isCancelled: () -> Bool,
    progress: (WorkProgress) -> Void
  ) throws(ClusteringError) -> ClusterCutting {
    guard let linkage = method.linkage else {
      let starts = starts ?? KMeans.suggestedStarts(rowCount: profiles.live.count)
      return ClusterCutting(
        rows: ClusteredRows(searching: profiles, isCancelled: isCancelled),
        source: .search(seed: seed, starts: max(1, starts)))
    }
    let tree = try Linkage(method: linkage)
      .dendrogram(profiles, isCancelled: isCancelled, progress: progress)
    return ClusterCutting(rows: ClusteredRows(profiles), source: .tree(tree))
  }

  private func shiftedMeans(
    _ profiles: ActivationProfiles, seed: UInt64, isCancelled: () -> Bool,
    progress: (WorkProgress) -> Void
  ) throws(ClusteringError) -> ClusterAnalysis {
    let found = try MeanShift(bandwidth: bandwidth, seed: seed)
      .partition(profiles, isCancelled: isCancelled, progress: progress)
    let silhouette = SilhouetteDistances(profiles, seed: seed)
      .meanSilhouette(found.labels, clusterCount: found.clusterCount)
    var analysis = ClusterAnalysis(labels: found.labels, silhouette: silhouette)
    analysis.bandwidth = found.bandwidth
    return analysis
  }

  private func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}
