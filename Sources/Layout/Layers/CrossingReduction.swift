import Tensors

/// Orders blocks so that few links cross.
///
/// Sifting from several starts, then iterated: blocks in a window of ranks are thrown about and
/// sifted again, and the result is kept if it is not worse. Budgets count moves, not seconds.
struct CrossingReduction {
  /// Windows tried for each block of a distinct piece; so many times 2,000 comparisons of blocks
  /// end the search, too.
  var effort = 12
  var seed: UInt64 = 1

  /// Labels by which blocks are ordered within their ranks.
  ///
  /// - Parameters:
  ///   - start: Labels to begin with; of pieces that are equal, those of the first count.
  ///   - isCancelled: Asked now and then; true ends with the best found.
  ///   - progress: Told how far it is.
  func order(
    _ graph: BlockGraph, from start: [Double]? = nil, isCancelled: () -> Bool = { false },
    progress: (WorkProgress) -> Void = { _ in }
  ) -> [Double] {
    let cut = GraphPieces(graph)
    var known: [BlockGraph: [Double]] = [:]
    let orders = cut.pieces.enumerated().map { place, piece in
      progress(WorkProgress(.crossings, share: Double(place) / Double(cut.pieces.count)))
      if let order = known[piece.blocks] { return order }
      let order = solve(
        piece.blocks, start.map { start in piece.members.map { start[$0] } }, isCancelled)
      known[piece.blocks] = order
      return order
    }
    return cut.joined(orders, count: graph.count)
  }

  /// Pairs of blocks in one rank, counted twice, up to which blocks are sifted.
  private static let mostRivalry = 8_000_000

  private static func rivalry(_ blocks: BlockGraph) -> Int {
    blocks.blocksByRank().reduce(0) { $0 + $1.count * $1.count }
  }

  private func solve(
    _ blocks: BlockGraph, _ start: [Double]?, _ isCancelled: () -> Bool
  ) -> [Double] {
    if Self.rivalry(blocks) > Self.mostRivalry {
      let swept = BarycenterSweeps.order(blocks)
      guard let start, crossingCount(blocks, start) < crossingCount(blocks, swept) else {
        return swept
      }
      return start
    }
    var search = PieceSearch(blocks, seed: seed)
    if let start { search.start(from: start) } else { search.start(isCancelled) }
    search.improve(windows: effort * blocks.count, isCancelled)
    return search.best
  }
}

/// The search for a good order of one piece.
private struct PieceSearch {
  private var sifting: BlockSifting
  private var random: SeededGenerator
  private(set) var best: [Double]
  private var crossings: Int

  init(_ blocks: BlockGraph, seed: UInt64) {
    sifting = BlockSifting(blocks)
    random = SeededGenerator(seed: seed)
    best = sifting.labels
    crossings = crossingCount(blocks, best)
  }

  private var blocks: BlockGraph { sifting.blocks }

  /// Sifts from a given order.
  mutating func start(from labels: [Double]) {
    sifting.order(by: labels)
    siftAll(Array(0..<blocks.count))
    (crossings, best) = (crossingCount(blocks, sifting.labels), sifting.labels)
  }

  /// Sifts from the blocks' own order, from barycentre sweeps, and from three mixed orders.
  mutating func start(_ isCancelled: () -> Bool) {
    for attempt in 0..<5 where crossings > 0 && !isCancelled() {
      var keys = (0..<blocks.count).map { Double($0) }
      if attempt == 1 { keys = BarycenterSweeps.order(blocks) }
      if attempt > 1 { keys.shuffle(using: &random) }
      sifting.order(by: keys)
      for _ in 0..<max(0, attempt - 1) * 10 { sifting.order(by: barycenters()) }
      siftAll(Array(0..<blocks.count))
      let count = crossingCount(blocks, sifting.labels)
      if count < crossings || attempt == 0 { (crossings, best) = (count, sifting.labels) }
    }
  }

  /// Mean label of each block's neighbours; K. Sugiyama, S. Tagawa, M. Toda, "Methods for Visual
  /// Understanding of Hierarchical System Structures", IEEE Trans. SMC 11(2), 1981,
  /// doi:10.1109/TSMC.1981.4308636.
  private func barycenters() -> [Double] {
    (0..<blocks.count).map { block in
      let neighbors = blocks.before[block] + blocks.after[block]
      let sum = neighbors.reduce(0.0) { $0 + sifting.labels[$1] }
      return neighbors.isEmpty ? sifting.labels[block] : sum / Double(neighbors.count)
    }
  }

  /// Sifts blocks in random order until none moves; returns the change in crossings.
  @discardableResult
  private mutating func siftAll(_ members: [Int]) -> Int {
    var (total, order) = (0, members)
    for _ in 0..<20 {
      order.shuffle(using: &random)
      let change = order.reduce(0) { $0 + sifting.sift($1) }
      total += change
      if change == 0 { break }
    }
    return total
  }

  mutating func improve(windows: Int, _ isCancelled: () -> Bool) {
    sifting.order(by: best)
    let byRank = blocks.blocksByRank()
    let mostVisits = sifting.visits + windows * 2_000
    for window in 0..<windows where crossings > 0 && sifting.visits < mostVisits {
      if window.isMultiple(of: 32), isCancelled() { break }
      let start = Int.random(in: 0..<byRank.count, using: &random)
      let end = min(byRank.count, start + Int.random(in: 2...13, using: &random))
      let inside = distinct(byRank[start..<end].joined())
      let around = distinct(
        byRank[max(0, start - 3)..<min(byRank.count, end + 3)].joined())
      if inside.count > 1 { shake(inside, around) }
    }
    best = sifting.labels
  }

  private mutating func shake(_ inside: [Int], _ around: [Int]) {
    let before = sifting.labels
    var change = 0
    for _ in 0..<Int.random(in: 1...max(1, inside.count / 4), using: &random) {
      let block = inside[Int.random(in: 0..<inside.count, using: &random)]
      change += sifting.shift(block, using: &random)
    }
    change += siftAll(around)
    if change > 0 {
      sifting.restore(before)
    } else {
      crossings += change
    }
  }
}
