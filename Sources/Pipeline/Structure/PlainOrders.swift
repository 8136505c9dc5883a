import Analysis
import Tensors

/// Neurons cluster by cluster, in the order of the file within each.
func orderNeurons(
  _ meanByClass: Matrix, clustering: Clustering, budget: Int, seed: UInt64
) -> (clusterOrder: [Int], rows: SeriationResult) {
  let live = (0..<clustering.clusterCount).map { $0 }
  let clusters = live + (clustering.labels.contains(-1) ? [-1] : [])
  let rows = clusters.flatMap { clustering.members(of: $0) }
  let order = Permutation(rows) ?? Permutation(identity: meanByClass.rowCount)
  return (clusters, SeriationResult(order: order, pathLength: 0, lowerBound: nil))
}

/// Classes in label order.
func orderClasses(_ meanByClass: Matrix, budget: Int, seed: UInt64) -> SeriationResult {
  SeriationResult(
    order: Permutation(identity: meanByClass.columnCount), pathLength: 0, lowerBound: nil)
}
