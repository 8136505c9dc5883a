import Tensors

/// The shortest path among all leaf orders that a clustering tree allows.
///
/// Z. Bar-Joseph, D. K. Gifford, T. S. Jaakkola, "Fast optimal leaf ordering for hierarchical
/// clustering", Bioinformatics 17, 2001, doi:10.1093/bioinformatics/17.suppl_1.S22.
///
/// Ours: the recurrence as min-plus products of blocks, whose inner loops are vector minima.
struct OptimalLeafOrder {
  private let tree: Dendrogram
  /// Leaf at each place from left to right.
  private let leaves: [Int]
  /// Places below each node.
  private let spans: [Range<Int>]
  /// First place of each node's right child; the only place's for leaves.
  private let splits: [Int]
  /// Distances by place.
  private let distances: SquareDistances
  /// Shortest path through the leaves of the lowest node that parts two places, between them.
  private var paths: SquareDistances

  /// Items in the order found; its first is lower than its last.
  ///
  /// - Complexity: O(*n*³) time in the worst case, O(*n*²) memory.
  static func order(
    _ tree: Dendrogram, _ distances: SquareDistances, isCancelled: () -> Bool = { false }
  ) -> [Int] {
    guard let root = tree.root, tree.leafCount > 2 else { return tree.leafOrder }
    var search = OptimalLeafOrder(tree, distances)
    var scratch = Scratch(capacity: tree.leafCount)
    for node in tree.leafCount...root {
      if isCancelled() { return tree.leafOrder }
      search.solve(node, &scratch)
    }
    let order = search.trace(root)
    return order[0] <= order[order.count - 1] ? order : order.reversed()
  }

  private struct Scratch {
    var left: MinPlus
    var right: MinPlus

    init(capacity: Int) {
      left = MinPlus(capacity: capacity)
      right = left
    }
  }

  private init(_ tree: Dendrogram, _ distances: SquareDistances) {
    self.tree = tree
    leaves = tree.leafOrder
    var places = Array(repeating: 0, count: leaves.count)
    for (place, leaf) in leaves.enumerated() { places[leaf] = place }
    var spans = places.map { $0..<$0 + 1 }
    var splits = places
    for merge in tree.merges {
      spans.append(spans[merge.left].lowerBound..<spans[merge.right].upperBound)
      splits.append(spans[merge.right].lowerBound)
    }
    self.spans = spans
    self.splits = splits
    self.distances = distances.permuted(leaves)
    paths = SquareDistances(count: leaves.count)
    for place in leaves.indices { paths[place, place] = 0 }
  }

  /// Where the path through `node`'s leaves can end inside when its outer end is at `place`.
  private func innerEnds(_ node: Int, outer place: Int) -> Range<Int> {
    let (span, split) = (spans[node], splits[node])
    if span.count == 1 { return span }
    return place < split ? split..<span.upperBound : span.lowerBound..<split
  }

  private mutating func solve(_ node: Int, _ scratch: inout Scratch) {
    guard let merge = tree.merge(of: node) else { return }
    let left = spans[merge.left]
    let halves =
      left.count == 1
      ? [left]
      : [left.lowerBound..<splits[merge.left], splits[merge.left]..<left.upperBound]
    for half in halves {
      let ends = innerEnds(merge.left, outer: half.lowerBound)
      for place in stride(from: half.lowerBound, to: half.upperBound, by: 2) {
        let other = min(place + 1, half.upperBound - 1)
        solve(place, other, innerEnds: ends, right: merge.right, &scratch)
      }
    }
  }

  /// Paths from two outer ends in the left child to every end in the right child.
  private mutating func solve(
    _ place: Int, _ other: Int, innerEnds: Range<Int>, right: Int, _ scratch: inout Scratch
  ) {
    multiply(place, other, innerEnds: innerEnds, right: right, &scratch)
    let span = spans[right]
    for end in span {
      let (one, two) = (
        scratch.right.first[end - span.lowerBound], scratch.right.second[end - span.lowerBound]
      )
      paths[place, end] = one
      paths[other, end] = two
      paths[end, place] = one
      paths[end, other] = two
    }
  }

  private func multiply(
    _ place: Int, _ other: Int, innerEnds: Range<Int>, right: Int, _ scratch: inout Scratch
  ) {
    let (span, split, stride) = (spans[right], splits[right], paths.stride)
    let base = span.lowerBound
    let table = paths.values.span
    scratch.left.reset(width: span.count)
    // To each place of the right child, through the left child.
    scratch.left.take(
      innerEnds, of: distances.values.span, stride: stride, columns: span, base: base
    ) { (table[place * stride + $0], table[other * stride + $0]) }
    let parts =
      span.count == 1
      ? [(span, span)]
      : [(base..<split, split..<span.upperBound), (split..<span.upperBound, base..<split)]
    scratch.right.reset(width: span.count)
    let (one, two) = (scratch.left.first, scratch.left.second)
    for (outer, inner) in parts {
      scratch.right.take(inner, of: table, stride: stride, columns: outer, base: base) {
        (one[$0 - base], two[$0 - base])
      }
    }
  }

  /// A node whose path runs from one place to another.
  private struct Stretch {
    var node: Int
    var from: Int
    var to: Int
  }

  private func trace(_ root: Int) -> [Int] {
    var order: [Int] = []
    var waiting = [bestStretch(root)]
    while let stretch = waiting.popLast() {
      guard let merge = tree.merge(of: stretch.node) else {
        order.append(leaves[stretch.from])
        continue
      }
      let startsLeft = spans[merge.left].contains(stretch.from)
      let (near, far) = startsLeft ? (merge.left, merge.right) : (merge.right, merge.left)
      let joint = bestJoint(near, far, stretch)
      waiting.append(Stretch(node: far, from: joint.1, to: stretch.to))
      waiting.append(Stretch(node: near, from: stretch.from, to: joint.0))
    }
    return order
  }

  private func bestStretch(_ root: Int) -> Stretch {
    var best = Stretch(node: root, from: 0, to: 0)
    var shortest = Float.infinity
    for from in 0..<splits[root] {
      for to in splits[root]..<leaves.count where paths[from, to] < shortest {
        shortest = paths[from, to]
        best = Stretch(node: root, from: from, to: to)
      }
    }
    return best
  }

  /// The inner ends at which the two children meet.
  private func bestJoint(_ near: Int, _ far: Int, _ stretch: Stretch) -> (Int, Int) {
    var best = (stretch.from, stretch.to)
    var shortest = Float.infinity
    for end in innerEnds(near, outer: stretch.from) {
      let before = paths[stretch.from, end]
      for start in innerEnds(far, outer: stretch.to) {
        let length = before + distances[end, start] + paths[start, stretch.to]
        if length < shortest {
          shortest = length
          best = (end, start)
        }
      }
    }
    return best
  }
}
