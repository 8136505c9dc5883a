/// Lanes for blocks: whole numbers that keep the order in every rank, passing edges straight, and
/// links as level as can be found.
///
/// Blocks move to the median of their neighbours, bounded by those above and below: the priority
/// method of Sugiyama, Tagawa and Toda (doi:10.1109/TSMC.1981.4308636) on whole blocks.
struct LanePlacement {
  private let blocks: BlockGraph
  private let heights: [Int]
  /// Blocks by label.
  private let order: [Int]
  /// Blocks just above and below each in one of its ranks.
  private var above: [[Int]]
  private var below: [[Int]]
  private(set) var lanes: [Int]

  /// - Parameters:
  ///   - heights: Lanes each block takes.
  ///   - labels: Order of blocks within ranks.
  ///   - gap: Empty lanes between blocks.
  /// - Complexity: O(sweeps · (blocks · ranks they pass + links)).
  static func lanes(
    _ blocks: BlockGraph, heights: [Int], labels: [Double], gap: Int = 0
  ) -> [Int] {
    var placement = LanePlacement(blocks, heights.map { $0 + gap }, labels)
    placement.stack()
    for _ in 0..<12 { if !placement.level() { break } }
    let least = placement.lanes.min() ?? 0
    return placement.lanes.map { $0 - least }
  }

  private init(_ blocks: BlockGraph, _ heights: [Int], _ labels: [Double]) {
    self.blocks = blocks
    self.heights = heights
    order = (0..<blocks.count).sorted { (labels[$0], $0) < (labels[$1], $1) }
    above = Array(repeating: [], count: blocks.count)
    below = above
    lanes = Array(repeating: 0, count: blocks.count)
    var lastInRank = Array(repeating: -1, count: blocks.rankCount)
    for block in order {
      for rank in blocks.first[block]...blocks.last[block] {
        let upper = lastInRank[rank]
        if upper >= 0, above[block].last != upper {
          above[block].append(upper)
          below[upper].append(block)
        }
        lastInRank[rank] = block
      }
    }
  }

  /// Every block as high as it can be.
  private mutating func stack() {
    for block in order { lanes[block] = ceiling(block) ?? 0 }
  }

  /// Lowest lane number that the blocks above leave; nil when there are none.
  private func ceiling(_ block: Int) -> Int? {
    above[block].map { lanes[$0] + heights[$0] }.max()
  }

  /// Highest lane number that the blocks below leave.
  private func floor(_ block: Int) -> Int? {
    below[block].map { lanes[$0] - heights[block] }.min()
  }

  /// Moves all blocks towards their neighbours, downwards and back; false when none moved.
  private mutating func level() -> Bool {
    var hasMoved = false
    for block in order.reversed() { hasMoved = settle(block) || hasMoved }
    for block in order { hasMoved = settle(block) || hasMoved }
    return hasMoved
  }

  private mutating func settle(_ block: Int) -> Bool {
    let neighbors = blocks.before[block] + blocks.after[block]
    guard !neighbors.isEmpty else { return false }
    // Twice the middle of each neighbour, so that halves stay whole.
    let middles = neighbors.map { 2 * lanes[$0] + heights[$0] }.sorted()
    let low = (middles[(middles.count - 1) / 2] - heights[block] + 1) >> 1
    let high = (middles[middles.count / 2] - heights[block]) >> 1
    var wanted = min(max(lanes[block], min(low, high)), max(low, high))
    if let ceiling = ceiling(block) { wanted = max(wanted, ceiling) }
    if let floor = floor(block) { wanted = min(wanted, floor) }
    if wanted == lanes[block] { return false }
    lanes[block] = wanted
    return true
  }
}
