/// Orders blocks by the mean place of their neighbours, again and again: for graphs too wide to
/// be sifted.
///
/// K. Sugiyama, S. Tagawa, M. Toda, "Methods for Visual Understanding of Hierarchical System
/// Structures", IEEE Trans. SMC 11(2), 1981, doi:10.1109/TSMC.1981.4308636.
enum BarycenterSweeps {
  /// The best labels met on 24 sweeps.
  ///
  /// - Complexity: O(blocks log blocks + links log links) a sweep.
  static func order(_ blocks: BlockGraph) -> [Double] {
    let byRank = blocks.blocksByRank()
    var labels = (0..<blocks.count).map { Double($0) }
    for rank in byRank { spread(rank, &labels) }
    var best = (labels: labels, crossings: crossingCount(blocks, labels))
    for sweep in 0..<24 {
      let isForward = sweep.isMultiple(of: 2)
      for rank in isForward ? byRank : byRank.reversed() {
        for block in rank {
          let neighbors = isForward ? blocks.before[block] : blocks.after[block]
          if !neighbors.isEmpty {
            labels[block] =
              neighbors.reduce(0.0) { $0 + labels[$1] } / Double(neighbors.count)
          }
        }
        spread(rank, &labels)
      }
      let crossings = crossingCount(blocks, labels)
      if crossings < best.crossings { best = (labels, crossings) }
    }
    return best.labels
  }

  /// Spreads the labels of one rank evenly over 0…1, in their order.
  private static func spread(_ rank: [Int], _ labels: inout [Double]) {
    let order = rank.sorted { (labels[$0], $0) < (labels[$1], $1) }
    for (place, block) in order.enumerated() {
      labels[block] = (Double(place) + 0.5) / Double(order.count)
    }
  }
}
