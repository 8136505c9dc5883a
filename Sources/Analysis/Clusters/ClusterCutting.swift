import Tensors

/// A way to make any number of clusters of the same rows, to compare them.
struct ClusterCutting {
  /// Where clusters come from.
  enum Source {
    /// k-means, afresh for each number.
    case search(seed: UInt64, starts: Int)
    /// Cuts of one tree.
    case tree(Dendrogram)
  }

  let rows: ClusteredRows
  let source: Source

  /// At most `count` clusters.
  func partition(
    into count: Int, isCancelled: () -> Bool
  ) throws(ClusteringError) -> KMeansPartition {
    switch source {
    case .search(let seed, let starts):
      let search = KMeans(clusterCount: count, seed: seed, starts: starts)
      return try search.partition(rows, isCancelled: isCancelled)
    case .tree(let tree):
      if isCancelled() { throw .cancelled }
      return KMeansPartition(labels: tree.labels(clusterCount: count), rows: rows)
    }
  }

  /// Silhouettes for 2 clusters up to `most`, or half the rows if that is fewer.
  func curve(
    upTo most: Int, _ distances: SilhouetteDistances, isCancelled: () -> Bool,
    progress: (WorkProgress) -> Void
  ) throws(ClusteringError) -> [SilhouettePoint] {
    guard rows.count > 2 else { return [] }
    var curve: [SilhouettePoint] = []
    let counts = 2...max(2, min(most, rows.count / 2))
    for count in counts {
      let found = try partition(into: count, isCancelled: isCancelled)
      guard found.clusterCount == count,
        let value = distances.meanSilhouette(found.labels, clusterCount: count)
      else { break }
      curve.append(SilhouettePoint(partition: found, silhouette: value))
      progress(WorkProgress(.clusters, share: Double(count - 1) / Double(counts.count)))
    }
    return curve
  }

  /// The clustering with `count` clusters.
  func analysis(
    into count: Int, _ distances: SilhouetteDistances, isCancelled: () -> Bool
  ) throws(ClusteringError) -> ClusterAnalysis {
    let found = try partition(into: count, isCancelled: isCancelled)
    return analysis(
      of: found,
      silhouette: distances.meanSilhouette(found.labels, clusterCount: found.clusterCount))
  }

  /// The clustering that `curve` speaks for; one cluster when it speaks for none.
  func analysis(of curve: [SilhouettePoint], tolerance: Double) -> ClusterAnalysis {
    let chosen = curve.chosen(tolerance: tolerance)
    let whole = KMeansPartition(
      labels: Array(repeating: 0, count: rows.count), rows: rows)
    var analysis = analysis(of: chosen?.partition ?? whole, silhouette: chosen?.silhouette)
    analysis.curve = curve
    return analysis
  }

  private func analysis(of found: KMeansPartition, silhouette: Double?) -> ClusterAnalysis {
    var analysis = ClusterAnalysis(labels: found.labels, silhouette: silhouette)
    if case .tree(let tree) = source { analysis.tree = tree }
    return analysis
  }
}
