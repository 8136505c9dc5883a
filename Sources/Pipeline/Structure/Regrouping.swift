import Analysis
import Tensors

/// Clusters and orders part of a layer, for clusters that a person arranges.
public struct Regrouping: Sendable {
  public var seed: UInt64

  public init(seed: UInt64) {
    self.seed = seed
  }

  /// `neurons` in `count` clusters by k-means on their class profiles; fewer where profiles are
  /// equal. Those without a live profile stay together, as one more.
  ///
  /// - Complexity: that of ``Analysis/KMeans``.
  public func divide(
    _ neurons: [Int], of statistics: ActivationStatistics, into count: Int,
    isCancelled: () -> Bool
  ) throws(ClusteringError) -> [[Int]] {
    let profiles = ActivationProfiles(rows(neurons, of: statistics))
    guard !profiles.live.isEmpty else { return [neurons] }
    let search = KMeans(
      clusterCount: count, seed: seed,
      starts: KMeans.suggestedStarts(rowCount: profiles.live.count))
    let found = try search.partition(profiles, isCancelled: isCancelled)
    return parts(of: neurons, profiles.spread(found.labels))
  }

  /// `neurons` in the clusters that average linkage gives when cut at cosine distance `height`.
  ///
  /// - Complexity: that of ``Analysis/Linkage``.
  public func cut(
    _ neurons: [Int], of statistics: ActivationStatistics, at height: Double,
    isCancelled: () -> Bool
  ) throws(ClusteringError) -> [[Int]] {
    let profiles = ActivationProfiles(rows(neurons, of: statistics))
    guard !profiles.live.isEmpty else { return [neurons] }
    let tree = try Linkage(method: .average).dendrogram(profiles, isCancelled: isCancelled)
    let undone = tree.merges.count { Double($0.height) > height }
    return parts(of: neurons, profiles.spread(tree.labels(clusterCount: undone + 1)))
  }

  /// Clusters and neurons of a whole layer in order.
  ///
  /// - Complexity: that of ``Analysis/orderNeurons(_:clustering:budget:seed:isCancelled:)``.
  public func order(
    _ clustering: Clustering, of statistics: ActivationStatistics, isCancelled: () -> Bool
  ) -> (clusterOrder: [Int], rows: SeriationResult) {
    let profiles = clusteringProfiles(statistics)
    return orderNeurons(
      profiles, clustering: clustering,
      budget: Seriation.suggestedBudget(rowCount: profiles.rowCount), seed: seed,
      isCancelled: isCancelled)
  }

  private func rows(_ neurons: [Int], of statistics: ActivationStatistics) -> Matrix {
    let profiles = clusteringProfiles(statistics)
    return Matrix(
      rowCount: neurons.count, columnCount: profiles.columnCount,
      values: neurons.flatMap { Array(profiles.row($0)) })
  }

  private func parts(of neurons: [Int], _ labels: [Int]) -> [[Int]] {
    var parts = Array(repeating: [Int](), count: (labels.max() ?? -1) + 2)
    for (place, label) in labels.enumerated() { parts[label + 1].append(neurons[place]) }
    let rest = parts.removeFirst()
    return (parts + [rest]).filter { !$0.isEmpty }
  }
}
