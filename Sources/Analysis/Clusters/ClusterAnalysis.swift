/// Live neurons in groups, and what led to them.
public struct ClusterAnalysis: Equatable, Sendable {
  /// Cluster of each live row; the largest cluster is 0, equals by their first row.
  public var labels: [Int]
  /// Clusters; labels are below it.
  public var clusterCount: Int
  /// Mean silhouette, -1…1; nil with fewer than two clusters.
  public var silhouette: Double?
  /// Silhouette of each number of clusters considered, ascending; empty when the number was
  /// given or the method finds it.
  public var curve: [SilhouettePoint] = []
  /// The tree that was cut; nil for methods without one.
  public var tree: Dendrogram?
  /// Width of mean-shift's window, as a Euclidean distance between unit rows; nil for other
  /// methods.
  public var bandwidth: Double?

  init(labels: [Int], silhouette: Double?) {
    self.labels = labels
    clusterCount = (labels.max() ?? -1) + 1
    self.silhouette = silhouette
  }
}

/// One point of the curve by which the number of clusters is chosen.
public struct SilhouettePoint: Equatable, Sendable {
  public var partition: KMeansPartition
  /// Mean silhouette, -1…1.
  public var silhouette: Double
}

extension [SilhouettePoint] {
  /// The point with the most clusters among those within `tolerance` of the best; nil when no
  /// number of clusters has a positive silhouette.
  func chosen(tolerance: Double) -> SilhouettePoint? {
    let best = map(\.silhouette).max() ?? 0
    return last { best > 0 && $0.silhouette >= best - tolerance }
  }
}
