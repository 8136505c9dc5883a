/// Lanes for blocks of which some must not move: the others take free lanes between and around
/// them, where few links cross.
struct KeptLanes {
  private let blocks: BlockGraph
  /// Lanes each block takes with the gap below it.
  private let heights: [Int]
  private let wanted: [Int?]
  private let byRank: [[Int]]
  private var lanes: [Int?]

  /// - Parameters:
  ///   - fixed: Lanes of the blocks that stay.
  ///   - wanted: Lanes that others should have if they are free.
  /// - Returns: Nil when blocks that stay overlap.
  /// - Complexity: O(blocks that move · (lanes + links beside them · lanes looked at)) a round.
  static func lanes(
    _ blocks: BlockGraph, heights: [Int], gap: Int, fixed: [Int?], wanted: [Int?],
    isCancelled: () -> Bool
  ) -> [Int]? {
    var placement = KeptLanes(blocks, heights.map { $0 + gap }, fixed, wanted)
    guard placement.isSound else { return nil }
    let moving = (0..<blocks.count).filter { fixed[$0] == nil }
    let order = moving.sorted {
      let isEarlier = (wanted[$0] == nil ? 1 : 0, blocks.first[$0], $0)
      return isEarlier < (wanted[$1] == nil ? 1 : 0, blocks.first[$1], $1)
    }
    for block in order { placement.put(block) }
    for _ in 0..<4 where !isCancelled() {
      var hasMoved = false
      for block in order { hasMoved = placement.put(block) || hasMoved }
      if !hasMoved { break }
    }
    return placement.lanes.map { $0 ?? 0 }
  }

  private init(_ blocks: BlockGraph, _ heights: [Int], _ fixed: [Int?], _ wanted: [Int?]) {
    (self.blocks, self.heights, self.wanted) = (blocks, heights, wanted)
    byRank = blocks.blocksByRank()
    lanes = fixed
  }

  /// Whether no two blocks that have lanes overlap.
  private var isSound: Bool {
    byRank.allSatisfy { rank in
      let taken = rank.compactMap { block in lanes[block].map { ($0, $0 + heights[block]) } }
        .sorted(by: <)
      return (taken.first?.0 ?? 0) >= 0
        && zip(taken, taken.dropFirst()).allSatisfy { $0.1 <= $1.0 }
    }
  }

  /// Twice the middle of a block that has a lane.
  private func middle(_ block: Int) -> Int? { lanes[block].map { 2 * $0 + heights[block] } }

  /// Gives a block the best of the free lanes near the one it is drawn to; false when it has that
  /// already.
  @discardableResult
  private mutating func put(_ block: Int) -> Bool {
    let before = lanes[block]
    lanes[block] = nil
    let aim = aim(block)
    let free = freeLanes(for: block, near: aim)
    var best: (lane: Int, cost: Int)?
    for lane in free {
      let cost = crossings(of: block, at: lane)
      if cost < best?.cost ?? .max { best = (lane, cost) }
    }
    lanes[block] = best?.lane ?? before
    return lanes[block] != before
  }

  /// Where a block is wanted: where it was, else at the middle of its neighbours.
  private func aim(_ block: Int) -> Int {
    if let lane = wanted[block] { return lane }
    let middles = (blocks.before[block] + blocks.after[block]).compactMap(middle).sorted()
    guard !middles.isEmpty else { return 0 }
    return max(0, (middles[(middles.count - 1) / 2] - heights[block] + 1) / 2)
  }

  /// Lanes at which a block overlaps nothing, the nearest to `aim` first: at most 12, and only one
  /// when it was wanted there.
  private func freeLanes(for block: Int, near aim: Int) -> [Int] {
    var isTaken: [Bool] = []
    for rank in blocks.first[block]...blocks.last[block] {
      for other in byRank[rank] {
        guard let lane = lanes[other] else { continue }
        let end = lane + heights[other]
        if isTaken.count < end {
          isTaken += Array(repeating: false, count: end - isTaken.count)
        }
        for place in lane..<end { isTaken[place] = true }
      }
    }
    let height = heights[block]
    isTaken += Array(repeating: false, count: height + max(1, aim + height - isTaken.count))
    var (free, run) = ([Int](), 0)
    for (place, isTaken) in isTaken.enumerated() {
      run = isTaken ? 0 : run + 1
      if run >= height { free.append(place - height + 1) }
    }
    if wanted[block] != nil, free.contains(aim) { return [aim] }
    free.sort { (abs($0 - aim), $0) < (abs($1 - aim), $1) }
    return Array(free.prefix(12))
  }

  /// Links that a block's own ones cross when it stands in a lane.
  private func crossings(of block: Int, at lane: Int) -> Int {
    let own = 2 * lane + heights[block]
    var count = 0
    for (rank, links) in [(blocks.first[block] - 1, true), (blocks.last[block], false)] {
      let ends = (links ? blocks.before : blocks.after)[block].compactMap(middle)
      guard !ends.isEmpty else { continue }
      forEachLink(behind: rank, without: block) { left, right in
        let (far, near) = links ? (left, right) : (right, left)
        for end in ends where (end - far) * (own - near) < 0 { count += 1 }
      }
    }
    for rank in blocks.first[block]..<blocks.last[block] {
      forEachLink(behind: rank, without: block) { left, right in
        if (own - left) * (own - right) < 0 { count += 1 }
      }
    }
    return count
  }

  /// Twice the middles of both ends of each link from one rank to the next, as far as known.
  private func forEachLink(behind rank: Int, without block: Int, _ body: (Int, Int) -> Void) {
    for other in byRank[rank] where other != block {
      guard let start = middle(other) else { continue }
      if blocks.last[other] > rank {
        body(start, start)
      } else {
        for next in blocks.after[other] where next != block {
          if let end = middle(next) { body(start, end) }
        }
      }
    }
  }
}
