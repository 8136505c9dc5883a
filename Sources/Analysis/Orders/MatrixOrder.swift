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
  return (clustering.shown(found.clusterOrder), found.rows)
}

extension Clustering {
  /// All its labels: those of `ordered` first, then clusters that have no live row, then -1 if any neuron
  /// is labelled so.
  public func shown(_ ordered: [Int]) -> [Int] {
    let live = ordered.filter { $0 >= 0 }
    let rest = (0..<max(0, clusterCount)).filter { !live.contains($0) }
    return live + rest + (labels.contains(-1) ? [-1] : [])
  }
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
