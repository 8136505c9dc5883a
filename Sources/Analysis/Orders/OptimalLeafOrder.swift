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

  /// Rows of the smaller child that go through the larger one together.
  private static let rowsAtOnce = 32

  /// What the paths of one group of outer ends need while they are worked out.
  private struct Scratch {
    /// Values from one outer end to the next.
    let stride: Int
    /// Shortest ways from outer ends in the smaller child to each place of the larger child.
    var near: [Float]
    /// Shortest ways on to each end.
    var far: [Float]
    var product: MinPlus

    init(capacity: Int) {
      stride = capacity
      near = Array(repeating: .infinity, count: capacity * OptimalLeafOrder.rowsAtOnce)
      far = near
      product = MinPlus(depth: capacity)
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
    // Vectors run along the larger child: trees of cosine distances are full of lone leaves.
    let isLeftSmaller = spans[merge.left].count < spans[merge.right].count
    let (smaller, larger) =
      isLeftSmaller ? (merge.left, merge.right) : (merge.right, merge.left)
    let span = spans[smaller]
    let halves =
      span.count == 1
      ? [span]
      : [span.lowerBound..<splits[smaller], splits[smaller]..<span.upperBound]
    for half in halves {
      let ends = innerEnds(smaller, outer: half.lowerBound)
      for first in stride(from: half.lowerBound, to: half.upperBound, by: Self.rowsAtOnce) {
        let places = first..<min(first + Self.rowsAtOnce, half.upperBound)
        multiply(places, innerEnds: ends, larger: larger, &scratch)
        keep(places, larger: spans[larger], scratch)
      }
    }
  }

  /// Paths from outer ends in the smaller child, which share their inner ends, to every end in
  /// the larger child.
  private func multiply(
    _ places: Range<Int>, innerEnds: Range<Int>, larger: Int, _ scratch: inout Scratch
  ) {
    let (span, split) = (spans[larger], splits[larger])
    var shape = MinPlus.Shape(
      rowCount: places.count, columnCount: span.count, depth: innerEnds.count)
    // To each place of the larger child, through the smaller child.
    scratch.product.multiply(
      shape, paths.values.span, paths.block(places.lowerBound, innerEnds.lowerBound),
      distances.values.span, distances.block(innerEnds.lowerBound, span.lowerBound),
      into: &scratch.near, MinPlus.Block(start: 0, stride: scratch.stride))
    let parts =
      span.count == 1
      ? [(span, span)]
      : [
        (span.lowerBound..<split, split..<span.upperBound),
        (split..<span.upperBound, span.lowerBound..<split),
      ]
    let near = scratch.near
    for (outer, inner) in parts {
      shape.columnCount = outer.count
      shape.depth = inner.count
      scratch.product.multiply(
        shape, near.span,
        MinPlus.Block(start: inner.lowerBound - span.lowerBound, stride: scratch.stride),
        paths.values.span, paths.block(inner.lowerBound, outer.lowerBound), into: &scratch.far,
        MinPlus.Block(start: outer.lowerBound - span.lowerBound, stride: scratch.stride))
    }
  }

  private mutating func keep(_ places: Range<Int>, larger span: Range<Int>, _ scratch: Scratch) {
    for (row, place) in places.enumerated() {
      for (column, end) in span.enumerated() {
        paths[place, end] = scratch.far[row * scratch.stride + column]
      }
    }
    for (column, end) in span.enumerated() {
      for (row, place) in places.enumerated() {
        paths[end, place] = scratch.far[row * scratch.stride + column]
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
    // One end in each child, even if no path between them has a length.
    var best = Stretch(node: root, from: 0, to: splits[root])
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
    let (ends, starts) = (innerEnds(near, outer: stretch.from), innerEnds(far, outer: stretch.to))
    var best = (ends.lowerBound, starts.lowerBound)
    var shortest = Float.infinity
    for end in ends {
      let before = paths[stretch.from, end]
      for start in starts {
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

extension SquareDistances {
  /// The part of the table from one value to the right and down.
  fileprivate func block(_ row: Int, _ column: Int) -> MinPlus.Block {
    MinPlus.Block(start: row * stride + column, stride: stride)
  }
}
