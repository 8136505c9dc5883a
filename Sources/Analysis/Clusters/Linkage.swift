import Tensors

/// Agglomerative clustering, with the whole tree kept.
///
/// The nearest-neighbour chain needs O(*n*²) time: J.-P. Benzécri, "Construction d'une
/// classification ascendante hiérarchique…", Cahiers de l'analyse des données 7(2), 1982;
/// F. Murtagh, "A survey of recent advances in hierarchical clustering algorithms",
/// Comput. J. 26(4), 1983, doi:10.1093/comjnl/26.4.354.
///
/// Ours: a row of the distance table is brought up to date only when it is looked at, so no
/// column is ever walked.
public struct Linkage: Sendable {
  /// How far a merged cluster is from another; by the update of G. N. Lance, W. T. Williams,
  /// Comput. J. 9(4), 1967, doi:10.1093/comjnl/9.4.373.
  public enum Method: String, Sendable, CaseIterable {
    /// Growth of the sum of squares; heights are √(2 · growth), as SciPy reports them.
    case ward
    /// Mean cosine distance.
    case average
    /// Largest cosine distance.
    case complete
  }

  /// How distances of merged clusters are made.
  public var method: Method

  public init(method: Method) {
    self.method = method
  }

  /// The tree over the live rows of `profiles`.
  ///
  /// - Parameters:
  ///   - isCancelled: Asked at each merge; true ends the work with `.cancelled`.
  ///   - progress: Told how far it is.
  /// - Complexity: O(rows² · classes) for the distances, O(rows²) after them.
  public func dendrogram(
    _ profiles: ActivationProfiles, isCancelled: () -> Bool = { false },
    progress: (WorkProgress) -> Void = { _ in }
  ) throws(ClusteringError) -> Dendrogram {
    let distances = SquareDistances.cosine(
      profiles.unitRows, isCancelled: isCancelled, progress: progress)
    if isCancelled() { throw .cancelled }
    return try dendrogram(distances, isCancelled: isCancelled, progress: progress)
  }

  /// Clusters neurons by cutting the tree; dead neurons are labelled -1.
  ///
  /// - Parameter profiles: Neurons × classes, any scale.
  public func cluster(_ profiles: Matrix, into clusterCount: Int) throws(ClusteringError)
    -> Clustering
  {
    guard clusterCount > 0 else { throw .clusterCount(clusterCount) }
    let profiles = ActivationProfiles(profiles)
    let labels = try dendrogram(profiles).labels(clusterCount: clusterCount)
    let count = (labels.max() ?? -1) + 1
    return Clustering(
      labels: profiles.spread(labels), clusterCount: count,
      silhouette: SilhouetteDistances(profiles, seed: 0)
        .meanSilhouette(labels, clusterCount: count),
      method: "\(method.rawValue) linkage on class profiles (cosine), k = \(count)")
  }

  func dendrogram(
    _ distances: consuming SquareDistances, isCancelled: () -> Bool = { false },
    progress: (WorkProgress) -> Void = { _ in }
  ) throws(ClusteringError) -> Dendrogram {
    let leafCount = distances.count
    var chain = NeighborChain(distances, method: method)
    while chain.clusterCount > 1 {
      if isCancelled() { throw .cancelled }
      chain.mergeNext()
      if chain.clusterCount.isMultiple(of: 256) {
        progress(WorkProgress(.tree, share: 1 - Double(chain.clusterCount) / Double(leafCount)))
      }
    }
    return chain.dendrogram()
  }
}
