import Analysis
import Atlases
import Networks
import Tensors

/// What a layer's clusters and orders are made from: rows of neurons × classes.
///
/// The statistic is the mean of the spatial mean, the one that heatmaps show first: it keeps the
/// sign where no activation follows, which the spatial max loses. Dead neurons are rows of
/// zeros, so that they form their own group whatever value they are stuck at.
public func clusteringProfiles(_ statistics: ActivationStatistics) -> Matrix {
  var profiles = statistics.meanOfMean
  for (neuron, health) in statistics.health.enumerated() where health.isDead {
    for column in 0..<profiles.columnCount { profiles[neuron, column] = 0 }
  }
  return profiles
}

/// Adds clusters and orders to a layer whose statistics are known.
public struct LayerStructure: Sendable {
  public var seed: UInt64
  /// Most steps of improvement spent on one order.
  public var orderBudget = 20_000

  /// The defaults with that seed.
  public init(seed: UInt64) {
    self.seed = seed
  }

  /// The layer with clusters, row and column orders for `statistics`.
  ///
  /// - Complexity: that of ``Analysis/NeuronClustering`` and seriation.
  public func structured(
    _ layer: LayerAtlas, _ statistics: ActivationStatistics, isCancelled: () -> Bool
  ) -> LayerAtlas {
    var result = layer
    result.statistics = statistics
    let profiles = clusteringProfiles(statistics)
    addNeurons(of: profiles, to: &result, isCancelled: isCancelled)
    addClasses(of: profiles, to: &result, isCancelled: isCancelled)
    return result
  }

  /// Adds the clusters of the rows of `profiles` and their order.
  func addNeurons(of profiles: Matrix, to layer: inout LayerAtlas, isCancelled: () -> Bool) {
    let clustering = NeuronClustering().cluster(
      profiles, seed: seed, isCancelled: isCancelled)
    let order = orderNeurons(
      profiles, clustering: clustering, budget: budget(profiles.rowCount), seed: seed,
      isCancelled: isCancelled)
    layer.clustering = clustering
    layer.clusterOrder = order.clusterOrder
    layer.rowOrder = order.rows
  }

  /// Adds the order of the columns of `profiles`.
  func addClasses(of profiles: Matrix, to layer: inout LayerAtlas, isCancelled: () -> Bool) {
    layer.columnOrder = orderClasses(
      profiles, budget: budget(profiles.columnCount), seed: seed, isCancelled: isCancelled)
  }

  private func budget(_ count: Int) -> Int {
    min(orderBudget, Seriation.suggestedBudget(rowCount: count))
  }
}
