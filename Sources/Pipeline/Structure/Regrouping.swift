import Analysis
import Atlases
import Synchronization
import Tensors

/// Clusters and orders part of a layer, for clusters that a person arranges.
public struct Regrouping: Sendable {
  public var seed: UInt64
  private let memory: RegroupingMemory

  /// - Parameter memory: What is known from earlier edits.
  public init(seed: UInt64, memory: RegroupingMemory = RegroupingMemory()) {
    self.seed = seed
    self.memory = memory
  }

  /// `neurons` in `count` clusters by k-means on their class profiles; fewer where profiles are
  /// equal. Those without a live profile stay together, as one more.
  ///
  /// - Complexity: that of ``Analysis/KMeans``; its starts run side by side.
  public func divide(
    _ neurons: [Int], of statistics: ActivationStatistics, into count: Int,
    isCancelled: @Sendable () -> Bool
  ) throws(ClusteringError) -> [[Int]] {
    guard count > 0 else { throw .clusterCount(count) }
    let layer = memory.layer(clusteringProfiles(statistics), isCancelled: isCancelled)
    let key = LayerMemory.DivisionKey(neurons: neurons, count: count, seed: seed)
    if let known = layer.divisions.withLock({ $0[key] }) { return known }
    let search = layer.rows.search(neurons, into: count, seed: seed)
    let found = sharedMap(search.startCount) { search.run(start: $0, isCancelled: isCancelled) }
    if isCancelled() { throw .cancelled }
    let parts = search.parts(found)
    layer.divisions.withLock { $0[key] = parts }
    return parts
  }

  /// `neurons` in the clusters that average linkage gives when cut at cosine distance `height`.
  ///
  /// - Complexity: that of ``Analysis/Linkage``; O(neurons) at further heights.
  public func cut(
    _ neurons: [Int], of statistics: ActivationStatistics, at height: Double,
    isCancelled: () -> Bool
  ) throws(ClusteringError) -> [[Int]] {
    let layer = memory.layer(clusteringProfiles(statistics), isCancelled: isCancelled)
    guard let tree = try tree(neurons, layer, isCancelled) else { return [neurons] }
    let undone = tree.dendrogram.merges.count { Double($0.height) > height }
    return parts(
      of: neurons, tree.profiles.spread(tree.dendrogram.labels(clusterCount: undone + 1)))
  }

  /// Nil where no neuron has a live profile.
  private func tree(
    _ neurons: [Int], _ layer: LayerMemory, _ isCancelled: () -> Bool
  ) throws(ClusteringError) -> LayerMemory.Tree? {
    if let known = layer.trees.withLock({ $0[neurons] }) { return known }
    let profiles = ActivationProfiles(
      Matrix(
        rowCount: neurons.count, columnCount: layer.profiles.columnCount,
        values: neurons.flatMap { Array(layer.profiles.row($0)) }))
    guard !profiles.live.isEmpty else { return nil }
    let tree = LayerMemory.Tree(
      profiles: profiles,
      dendrogram: try Linkage(method: .average).dendrogram(profiles, isCancelled: isCancelled))
    layer.trees.withLock { $0[neurons] = tree }
    return tree
  }

  /// Clusters and neurons of a whole layer in order, without ``figures(_:of:_:)``.
  ///
  /// - Complexity: that of ``Analysis/orderNeurons(_:clustering:budget:seed:isCancelled:)``; paths inside clusters
  ///   are searched side by side.
  public func order(
    _ clustering: Clustering, of statistics: ActivationStatistics,
    isCancelled: @Sendable () -> Bool
  ) -> RegroupedOrder {
    let layer = memory.layer(clusteringProfiles(statistics), isCancelled: isCancelled)
    let key = LayerMemory.OrderKey(labels: clustering.labels, seed: seed)
    if let known = layer.orders.withLock({ $0[key] }) { return known }
    let budget = Seriation.suggestedBudget(rowCount: layer.profiles.rowCount)
    let plan = layer.rows.order(
      clustering.labels, Seriation(budget: budget, seed: seed), isCancelled: isCancelled)
    let found = plan.joined(paths(plan, layer, isCancelled: isCancelled))
    let order = RegroupedOrder(
      clusterOrder: clustering.shown(found.clusterOrder), rows: found.rows, plan: plan,
      found: found)
    if !isCancelled() { layer.orders.withLock { $0[key] = order } }
    return order
  }

  /// How good an order is that ``order(_:of:isCancelled:)`` came to for the same clusters.
  public func figures(
    _ order: RegroupedOrder, of clustering: Clustering, _ statistics: ActivationStatistics
  ) -> TwoLevelOrder.Figures {
    let layer = memory.layer(clusteringProfiles(statistics), isCancelled: { false })
    return figures(order, of: clustering, layer, lowerBound: layer.lowerBound)
  }

  /// The same where that takes no time to speak of: the layer was made ready, or was edited before.
  public func readyFigures(
    _ order: RegroupedOrder, of clustering: Clustering, _ statistics: ActivationStatistics
  ) -> TwoLevelOrder.Figures? {
    let layer = memory.layer(clusteringProfiles(statistics), isCancelled: { false })
    return layer.knownLowerBound.map { figures(order, of: clustering, layer, lowerBound: $0) }
  }

  private func figures(
    _ order: RegroupedOrder, of clustering: Clustering, _ layer: LayerMemory, lowerBound: Double
  ) -> TwoLevelOrder.Figures {
    let key = LayerMemory.OrderKey(labels: clustering.labels, seed: seed)
    if let known = layer.figures.withLock({ $0[key] }) { return known }
    let figures = order.plan.figures(order.found, lowerBound: lowerBound)
    layer.figures.withLock { $0[key] = figures }
    return figures
  }

  /// Makes a layer ready for edits to come, so that the first one takes no longer than the others, unless
  /// it is too large to be kept.
  public func prepare(_ statistics: ActivationStatistics, isCancelled: () -> Bool) {
    guard memory.keeps(rowCount: statistics.neuronCount) else { return }
    let layer = memory.layer(clusteringProfiles(statistics), isCancelled: isCancelled)
    if !isCancelled() { _ = layer.lowerBound }
  }

  private func paths(
    _ plan: TwoLevelOrder, _ layer: LayerMemory, isCancelled: @Sendable () -> Bool
  ) -> [[Int]] {
    let keys = plan.requests.map { LayerMemory.PathKey(request: $0, seed: seed) }
    var known = layer.paths.withLock { kept in keys.map { kept[$0] } }
    // The longest first, so that no thread is left with one at the end.
    let wanted = known.indices.filter { known[$0] == nil }
      .sorted { (keys[$1].request.rowCount, $0) < (keys[$0].request.rowCount, $1) }
    let found = sharedMap(wanted.count) {
      plan.path(keys[wanted[$0]].request, isCancelled: isCancelled)
    }
    for (place, path) in zip(wanted, found) { known[place] = path }
    if !isCancelled() {
      layer.paths.withLock { kept in
        for (place, path) in zip(wanted, found) { kept[keys[place]] = path }
      }
    }
    return known.compactMap(\.self)
  }

  private func parts(of neurons: [Int], _ labels: [Int]) -> [[Int]] {
    var parts = Array(repeating: [Int](), count: (labels.max() ?? -1) + 2)
    for (place, label) in labels.enumerated() { parts[label + 1].append(neurons[place]) }
    let rest = parts.removeFirst()
    return (parts + [rest]).filter { !$0.isEmpty }
  }
}

/// Clusters and neurons of a layer in order; how good it is takes longer.
public struct RegroupedOrder: Sendable {
  /// Labels of the clusters, -1 at the end if any neuron is labelled so.
  public let clusterOrder: [Int]
  /// All neurons.
  public let rows: SeriationResult
  let plan: TwoLevelOrder
  let found: TwoLevelOrder.Found
}
