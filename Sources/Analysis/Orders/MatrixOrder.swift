import Tensors

/// Orders a layer's neurons: clusters as a gradient, and inside each the shortest path found.
///
/// - Parameters:
///   - meanByClass: Mean activations, neurons × classes.
///   - clustering: Its labels; dead neurons come last.
///   - budget: Kicks of the iterated search over all clusters;
///     ``Seriation/suggestedBudget(rowCount:)`` is a good choice.
/// - Returns: Clusters from first to last, -1 at the end if any neuron is labelled so, and all
///   neurons in order.
public func orderNeurons(
  _ meanByClass: Matrix, clustering: Clustering, budget: Int, seed: UInt64,
  isCancelled: () -> Bool = { false }
) -> (clusterOrder: [Int], rows: SeriationResult) {
  let found = Seriation(budget: budget, seed: seed)
    .twoLevel(meanByClass, labels: clustering.labels, isCancelled: isCancelled)
  let shown = found.clusterOrder.filter { $0 >= 0 }
  let rest = (0..<max(0, clustering.clusterCount)).filter { !shown.contains($0) }
  let dead = clustering.labels.contains(-1) ? [-1] : []
  return (shown + rest + dead, found.rows)
}

/// Orders classes so that those which excite the same neurons are neighbours.
///
/// Every live neuron counts the same, however strong it is; classes that excite none come last.
///
/// - Parameters:
///   - meanByClass: Mean activations, neurons × classes.
///   - budget: Kicks of the iterated search; up to 16 classes are ordered exactly without.
public func orderClasses(
  _ meanByClass: Matrix, budget: Int, seed: UInt64, isCancelled: () -> Bool = { false }
) -> SeriationResult {
  Seriation(budget: budget, seed: seed).path(
    ActivationProfiles(meanByClass).unitRows.transposed(), isCancelled: isCancelled)
}
