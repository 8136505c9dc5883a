/// Neurons of one layer in groups.
public struct Clustering: Hashable, Sendable, Codable {
  /// Cluster of each neuron, 0-based; -1 for dead neurons, which form their own group.
  public var labels: [Int]
  /// Live clusters; labels are below it.
  public var clusterCount: Int
  /// Mean silhouette over live neurons, -1…1; nil with fewer than two clusters.
  public var silhouette: Double?
  /// How it was made, in words: `k-means on class profiles (cosine), k = 6, seed 1`.
  public var method: String

  public init(labels: [Int], clusterCount: Int, silhouette: Double?, method: String) {
    self.labels = labels
    self.clusterCount = clusterCount
    self.silhouette = silhouette
    self.method = method
  }

  /// Neurons of cluster `index` (or the dead ones for -1), ascending.
  public func members(of index: Int) -> [Int] {
    labels.indices.filter { labels[$0] == index }
  }
}
