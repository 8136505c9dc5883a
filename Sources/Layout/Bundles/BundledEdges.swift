import Tensors

/// Columns of nodes and, in the gaps between them, points where bundles meet.
public struct BundleGraph: Equatable, Sendable {
  /// Links that meet in one point of a gap; a link by itself is a bundle of one and one.
  public struct Bundle: Equatable, Sendable {
    /// Nodes of the column before the gap.
    public var left: [Int]
    /// Nodes of the column behind it.
    public var right: [Int]

    public init(left: [Int], right: [Int]) {
      self.left = left
      self.right = right
    }
  }

  /// Nodes of each column.
  public let columnSizes: [Int]
  /// Bundles of each gap, one gap fewer than columns.
  public let gaps: [[Bundle]]

  /// Nil when there is not one gap between every two columns or a bundle names a node that does
  /// not exist.
  public init?(columnSizes: [Int], gaps: [[Bundle]]) {
    guard gaps.count == max(0, columnSizes.count - 1), columnSizes.allSatisfy({ $0 >= 0 })
    else { return nil }
    for (gap, bundles) in gaps.enumerated() {
      let (before, behind) = (0..<columnSizes[gap], 0..<columnSizes[gap + 1])
      for bundle in bundles
      where !bundle.left.allSatisfy(before.contains) || !bundle.right.allSatisfy(behind.contains) {
        return nil
      }
    }
    self.columnSizes = columnSizes
    self.gaps = gaps
  }
}

/// Orders of nodes and bundles in which few links cross.
public struct BundledEdges: Equatable, Sendable {
  /// Nodes of each column from top to bottom.
  public var columnOrders: [[Int]]
  /// Bundles of each gap from top to bottom.
  public var gapOrders: [[Int]]
  /// Pairs of links that cross.
  public var crossings: Int
  /// Length of all links where columns and gaps are equally far apart, 1 in all, and the members
  /// of each are spread evenly over a height of 1.
  public var ink: Double
}

/// Orders columns and bundles jointly.
///
/// The in-between layer is that of M. Sun, P. Mi, C. North, N. Ramakrishnan, "BiSet: Semantic
/// Edge Bundling with Biclusters for Sensemaking", TVCG 22(1), 2016,
/// doi:10.1109/TVCG.2015.2467813. Ours: nodes and bundles of more than one link are ordered first,
/// in all columns at once, by ``BundleSifting``; then block sifting with every link in its place.
public struct BundleOrdering: Sendable {
  /// Attempts at fewer crossings for each node and bundle.
  public var effort = 4
  /// Start of all chance.
  public var seed: UInt64 = 1

  /// The defaults.
  public init() {}

  /// Orders of all columns and gaps of `graph`.
  ///
  /// - Parameters:
  ///   - isCancelled: Asked now and then; true ends with the best found.
  ///   - progress: Told how far it is.
  /// - Complexity: O(nodes · links · bundles) a round, ended after `effort` · 5 · 10⁶ comparisons; then
  ///   that of block sifting, see ``LayeredLayouts``.
  public func order(
    _ graph: BundleGraph, isCancelled: () -> Bool = { false },
    progress: (WorkProgress) -> Void = { _ in }
  ) -> BundledEdges {
    let ranks = BundleRanks(graph)
    // Small graphs are searched to the end of one start soon, and often stuck there.
    let starts = ranks.blocks.count <= Self.mostRestarted ? max(1, 2 * effort) : 1
    var (labels, fewest) = ([Double](), Int.max)
    for start in 0..<starts where start == 0 || (fewest > 0 && !isCancelled()) {
      let found = attempt(
        graph, ranks, effort: (max(0, effort) + starts - 1) / starts, seed: seed &+ UInt64(start),
        isCancelled: isCancelled
      ) { progress(WorkProgress($0.stage, share: (Double(start) + $0.share) / Double(starts))) }
      let count = crossingCount(ranks.blocks, found)
      if count < fewest { (labels, fewest) = (found, count) }
    }
    let orders = ranks.members.map { members in
      members.indices.sorted { (labels[members[$0]], $0) < (labels[members[$1]], $1) }
    }
    return BundledEdges(
      columnOrders: stride(from: 0, to: orders.count, by: 2).map { orders[$0] },
      gapOrders: stride(from: 1, to: orders.count, by: 2).map { orders[$0] },
      crossings: fewest, ink: ranks.ink(orders))
  }

  /// Most nodes and bundles that are ordered from several starts, each with its part of the effort.
  private static let mostRestarted = 120

  private func attempt(
    _ graph: BundleGraph, _ ranks: BundleRanks, effort: Int, seed: UInt64,
    isCancelled: () -> Bool, progress: (WorkProgress) -> Void
  ) -> [Double] {
    let start = roughOrder(graph, ranks, effort: effort, seed: seed, isCancelled)
    return CrossingReduction(effort: effort, seed: seed)
      .order(ranks.blocks, from: start, isCancelled: isCancelled, progress: progress)
  }

  /// Labels of all blocks from an order of nodes and hubs; nil when there are too many.
  private func roughOrder(
    _ graph: BundleGraph, _ ranks: BundleRanks, effort: Int, seed: UInt64,
    _ isCancelled: () -> Bool
  ) -> [Double]? {
    let swept = BarycenterSweeps.order(ranks.blocks)
    let isSingle = ranks.singles(graph)
    var (vertexOf, orders) = (Array(repeating: -1, count: ranks.blocks.count), [[Int]]())
    var count = 0
    for members in ranks.members {
      let order = members.filter { !isSingle[$0] }.sorted { (swept[$0], $0) < (swept[$1], $1) }
      for block in order {
        vertexOf[block] = count
        count += 1
      }
      orders.append(order.map { vertexOf[$0] })
    }
    var spokes = Array(repeating: [[Int](), [Int]()], count: count)
    var links: [(block: Int, left: Int, right: Int)] = []
    for block in 0..<ranks.blocks.count {
      if isSingle[block] {
        let (left, right) = (ranks.blocks.before[block][0], ranks.blocks.after[block][0])
        links.append((block, vertexOf[left], vertexOf[right]))
      } else {
        let sides = [ranks.blocks.before[block], ranks.blocks.after[block]]
        spokes[vertexOf[block]] = sides.map { $0.filter { !isSingle[$0] }.map { vertexOf[$0] } }
      }
    }
    guard
      var sifting = BundleSifting(
        orders: orders, spokes: spokes, links: links.map { ($0.left, $0.right) },
        mostVisits: effort * 5_000_000)
    else { return nil }
    var random = SeededGenerator(seed: seed)
    sifting.search(using: &random, isCancelled)
    var labels = vertexOf.map { vertex in vertex < 0 ? 0 : Double(sifting.place(of: vertex)) }
    // A hub's place is a whole number and a half; links are between those of their neighbours.
    for block in labels.indices where vertexOf[block] >= 0 { labels[block] += 0.5 }
    for (link, way) in zip(links, sifting.ways()) {
      labels[link.block] = Double(way.hubsAbove) - 0.25 + way.slope / 8
    }
    return labels
  }
}

/// Columns and gaps as ranks of blocks.
private struct BundleRanks {
  /// Blocks of each rank, in the order of the graph.
  private(set) var members: [[Int]] = []
  private(set) var blocks: BlockGraph

  init(_ graph: BundleGraph) {
    var sizes: [Int] = []
    for (column, size) in graph.columnSizes.enumerated() {
      if column > 0 { sizes.append(graph.gaps[column - 1].count) }
      sizes.append(size)
    }
    var ranks: [Int] = []
    for (rank, size) in sizes.enumerated() {
      members.append(Array(ranks.count..<ranks.count + size))
      ranks += Array(repeating: rank, count: size)
    }
    blocks = BlockGraph(first: ranks, last: ranks)
    for (gap, bundles) in graph.gaps.enumerated() {
      for (place, bundle) in bundles.enumerated() {
        let middle = members[2 * gap + 1][place]
        for node in bundle.left { blocks.link(members[2 * gap][node], middle) }
        for node in bundle.right { blocks.link(middle, members[2 * gap + 2][node]) }
      }
    }
  }

  /// Whether each block is a bundle of one link.
  func singles(_ graph: BundleGraph) -> [Bool] {
    var result = Array(repeating: false, count: blocks.count)
    for (gap, bundles) in graph.gaps.enumerated() {
      for (block, bundle) in zip(members[2 * gap + 1], bundles) {
        result[block] = bundle.left.count == 1 && bundle.right.count == 1
      }
    }
    return result
  }

  func ink(_ orders: [[Int]]) -> Double {
    var heights = Array(repeating: 0.0, count: blocks.count)
    for (rank, order) in orders.enumerated() {
      for (place, member) in order.enumerated() {
        heights[members[rank][member]] = (Double(place) + 0.5) / Double(order.count)
      }
    }
    let width = 1 / Double(max(1, orders.count - 1))
    return (0..<blocks.count).reduce(0.0) { sum, block in
      blocks.after[block].reduce(sum) {
        let rise = heights[block] - heights[$1]
        return $0 + (width * width + rise * rise).squareRoot()
      }
    }
  }
}
