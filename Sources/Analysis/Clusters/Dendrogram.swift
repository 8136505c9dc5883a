/// A binary tree of clusters within clusters.
///
/// Leaves are nodes `0..<leafCount`; merge `k` makes node `leafCount + k`.
public struct Dendrogram: Equatable, Sendable {
  /// Two nodes becoming one.
  public struct Merge: Equatable, Sendable {
    /// The node that holds the lowest leaf.
    public var left: Int
    public var right: Int
    /// Distance at which they merge; never falls from one merge to the next.
    public var height: Float

    public init(left: Int, right: Int, height: Float) {
      self.left = left
      self.right = right
      self.height = height
    }
  }

  /// Leaves of the tree.
  public let leafCount: Int
  /// Lowest first; `leafCount - 1` of them.
  public let merges: [Merge]

  init(leafCount: Int, merges: [Merge]) {
    self.leafCount = leafCount
    self.merges = merges
  }

  /// The node that holds all leaves; nil for an empty tree.
  public var root: Int? { leafCount == 0 ? nil : leafCount + merges.count - 1 }

  /// The merge that made `node`; nil for leaves.
  public func merge(of node: Int) -> Merge? {
    node < leafCount ? nil : merges[node - leafCount]
  }

  /// Leaves below `node` from left to right.
  ///
  /// - Complexity: O(leaves below), no recursion.
  public func leaves(below node: Int) -> [Int] {
    var leaves: [Int] = []
    var waiting = [node]
    while let next = waiting.popLast() {
      if let merge = merge(of: next) {
        waiting.append(merge.right)
        waiting.append(merge.left)
      } else {
        leaves.append(next)
      }
    }
    return leaves
  }

  /// All leaves from left to right.
  public var leafOrder: [Int] { root.map(leaves(below:)) ?? [] }

  /// Label of each leaf after undoing the last merges until there are `clusterCount` clusters;
  /// the largest cluster is 0, equals by their first leaf.
  public func labels(clusterCount: Int) -> [Int] {
    labels(mergeCount: merges.count - max(0, min(clusterCount, leafCount) - 1))
  }

  /// Label of each leaf after merging whatever merges at `height` or below, numbered as in
  /// ``labels(clusterCount:)``.
  public func labels(height: Float) -> [Int] {
    labels(mergeCount: merges.prefix { $0.height <= height }.count)
  }

  /// Labels when only the first merges have happened.
  private func labels(mergeCount: Int) -> [Int] {
    let kept = max(0, mergeCount)
    var labels = Array(repeating: -1, count: leafCount)
    var isTop = Array(repeating: true, count: leafCount + merges.count)
    for merge in merges.prefix(kept) {
      isTop[merge.left] = false
      isTop[merge.right] = false
    }
    let tops = (0..<(leafCount + kept)).filter { isTop[$0] }
    for (label, node) in tops.enumerated() {
      for leaf in leaves(below: node) { labels[leaf] = label }
    }
    return numberedBySize(labels).labels
  }
}
