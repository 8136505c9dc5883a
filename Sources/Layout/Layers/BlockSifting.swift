import Tensors

/// Takes each block to the place in the order where it causes the fewest crossings.
///
/// C. Bachmaier, F. J. Brandenburg, W. Brunner, F. Hübner, "Global k-Level Crossing Reduction",
/// JGAA 15(5), 2011, doi:10.7155/jgaa.00242. Ours: a block is compared only with those that
/// share a rank with it, and labels are numbers with room between them, so that a move touches
/// nothing else.
struct BlockSifting {
  let blocks: BlockGraph
  /// Blocks are ordered by their labels.
  private(set) var labels: [Double]
  /// Blocks that share a rank with each.
  private let rivals: [[Int]]
  /// Rivals looked at so far: a measure of work that no clock disturbs.
  private(set) var visits = 0

  /// Starts from the blocks' own order.
  init(_ blocks: BlockGraph) {
    self.blocks = blocks
    labels = (0..<blocks.count).map { Double($0) }
    let byRank = blocks.blocksByRank()
    rivals = (0..<blocks.count).map { block in
      let ranks = byRank[blocks.first[block]...blocks.last[block]]
      return distinct(ranks.joined()).filter { $0 != block }
    }
  }

  /// Orders the blocks anew.
  mutating func order(by keys: [Double]) {
    let order = labels.indices.sorted {
      (keys[$0], labels[$0], $0) < (keys[$1], labels[$1], $1)
    }
    for (place, block) in order.enumerated() { labels[block] = Double(place) }
  }

  /// Puts all labels back.
  mutating func restore(_ before: [Double]) { labels = before }

  /// Moves a block to the best place; returns the change in crossings, never above 0.
  ///
  /// - Complexity: O(rivals · (log rivals + links²)).
  mutating func sift(_ block: Int) -> Int {
    let others = rivals[block].sorted { labels[$0] < labels[$1] }
    let place = others.firstIndex { labels[$0] > labels[block] } ?? others.count
    let label = labels[block]
    visits += others.count
    var (best, bestPlace) = (0, place)
    walk(block, from: place, to: others.count, others) { change, reached in
      if change < best { (best, bestPlace) = (change, reached) }
    }
    labels[block] = label
    walk(block, from: place, to: 0, others) { change, reached in
      if change < best { (best, bestPlace) = (change, reached) }
    }
    labels[block] = label
    if bestPlace != place { put(block, at: bestPlace, among: others) }
    return best
  }

  /// Moves a block to any place; returns the change in crossings.
  mutating func shift(_ block: Int, using random: inout SeededGenerator) -> Int {
    let others = rivals[block].sorted { labels[$0] < labels[$1] }
    let place = others.firstIndex { labels[$0] > labels[block] } ?? others.count
    let target = Int.random(in: 0...others.count, using: &random)
    var total = 0
    walk(block, from: place, to: target, others) { change, _ in total = change }
    if target != place { put(block, at: target, among: others) }
    return total
  }

  /// Takes a block past its rivals one by one and reports the change in crossings so far and the
  /// place reached. Its label moves along: what one swap changes depends on those before it.
  private mutating func walk(
    _ block: Int, from place: Int, to target: Int, _ others: [Int],
    _ report: (_ change: Int, _ reached: Int) -> Void
  ) {
    var change = 0
    var reached = place
    while reached < target {
      change += swapChange(block, others[reached])
      reached += 1
      labels[block] = label(for: block, at: reached, among: others)
      report(change, reached)
    }
    while reached > target {
      reached -= 1
      change += swapChange(others[reached], block)
      labels[block] = label(for: block, at: reached, among: others)
      report(change, reached)
    }
  }

  /// A label for `block` just before the rival at `place`. Each block has its own share of the
  /// room there, so that blocks which are no rivals do not meet at one label either.
  private func label(for block: Int, at place: Int, among others: [Int]) -> Double {
    let share = 0.4 + 0.2 * Double(block + 1) / Double(blocks.count + 1)
    if place == 0 { return labels[others[0]] - share }
    let low = labels[others[place - 1]]
    return place == others.count ? low + share : low + (labels[others[place]] - low) * share
  }

  private mutating func put(_ block: Int, at place: Int, among others: [Int]) {
    if place > 0, place < others.count,
      labels[others[place]] - labels[others[place - 1]] < 1e-7
    {
      order(by: labels)
    }
    labels[block] = label(for: block, at: place, among: others)
  }

  /// Change in crossings when `upper`, just before `lower`, goes just behind it.
  private func swapChange(_ upper: Int, _ lower: Int) -> Int {
    let start = max(blocks.first[upper], blocks.first[lower])
    let end = min(blocks.last[upper], blocks.last[lower])
    if start > end { return 0 }
    var change = 0
    switch (blocks.first[upper] == start, blocks.first[lower] == start) {
    case (true, true): change -= disorder(blocks.before[upper], blocks.before[lower])
    case (true, false): change -= disorder(blocks.before[upper], lower)
    default: change += disorder(blocks.before[lower], upper)
    }
    switch (blocks.last[upper] == end, blocks.last[lower] == end) {
    case (true, true): change -= disorder(blocks.after[upper], blocks.after[lower])
    case (true, false): change -= disorder(blocks.after[upper], lower)
    default: change += disorder(blocks.after[lower], upper)
    }
    return change
  }

  /// Pairs in the wrong order less pairs in the right one.
  private func disorder(_ upper: [Int], _ lower: [Int]) -> Int {
    var count = 0
    for one in upper { count += disorder(lower, one, sign: -1) }
    return count
  }

  private func disorder(_ many: [Int], _ single: Int, sign: Int = 1) -> Int {
    let label = labels[single]
    var count = 0
    for one in many {
      if labels[one] > label { count += sign } else if labels[one] < label { count -= sign }
    }
    return count
  }
}

/// Each value once, ascending.
func distinct(_ values: some Sequence<Int>) -> [Int] {
  var result: [Int] = []
  for value in values.sorted() where value != result.last { result.append(value) }
  return result
}
