import Tensors

/// Grows a hub from one link, column by column.
///
/// R. Belohlavek, V. Vychodil, "Discovery of optimal factors in binary data via a novel method of
/// matrix decomposition", JCSS 76(1), 2010, doi:10.1016/j.jcss.2009.05.002: concepts on demand;
/// nothing is enumerated. Ours: what a column would gain is counted for all rows at once, from
/// counters that are spread over bit sets.
struct HubGrowth<Words: SIMD<UInt64> & Sendable> {
  typealias Links = LinkSet<Words>

  private let table: LinkTable<Words>
  private let rest: LinkTable<Words>
  /// Rows linked to all columns taken.
  private var left: Links
  private var candidates: Links
  /// Rows with a link to cover in a column taken.
  private var counted = Links()
  /// Such links of each row but the first, as a binary number: a set for each digit.
  private var digits: [Links] = []

  /// - Parameters:
  ///   - rest: Links of `table` that no hub covers yet.
  private init(_ row: Int, _ column: Int, _ table: LinkTable<Words>, _ rest: LinkTable<Words>) {
    self.table = table
    self.rest = rest
    left = table.columns[column]
    candidates = table.rows[row]
    take(column)
  }

  /// The hub that saves most lines on the way from one link to more and more columns.
  ///
  /// - Parameter noise: Most that chance adds to what a column is worth.
  /// - Complexity: O(columns² · rows / 64) for each word of a set.
  static func hub(
    row: Int, column: Int, _ table: LinkTable<Words>, rest: LinkTable<Words>, noise: Double,
    using random: inout SeededGenerator
  ) -> (hub: Hub<Words>, saving: Int) {
    var growth = HubGrowth(row, column, table, rest)
    var best = (hub: Hub(left: Links(), right: Links()), saving: Int.min)
    for _ in 0..<42 {
      guard let next = growth.bestColumn(row, noise, &random) else { break }
      growth.left = growth.left.intersection(table.columns[next])
      growth.take(next)
      var hub = Hub(left: growth.left, right: table.columnsShared(by: growth.left))
      let saving = hub.trim(rest)
      if saving > best.saving { best = (hub, saving) } else if saving < best.saving - 3 { break }
    }
    return best
  }

  private mutating func take(_ column: Int) {
    candidates.remove(column)
    var carry = left.intersection(rest.columns[column])
    let first = counted
    counted.formUnion(carry)
    carry = carry.intersection(first)
    var digit = 0
    while !carry.isEmpty {
      if digit == digits.count { digits.append(Links()) }
      let next = digits[digit].intersection(carry)
      digits[digit].formSymmetricDifference(carry)
      carry = next
      digit += 1
    }
  }

  private func bestColumn(
    _ row: Int, _ noise: Double, _ random: inout SeededGenerator
  ) -> Int? {
    var best: (column: Int, score: Double)?
    candidates.forEach { column in
      let shared = left.intersection(table.columns[column])
      guard shared.contains(row) else { return }
      var gain = shared.intersection(rest.columns[column]).sharedCount(counted)
      for (digit, rows) in digits.enumerated() { gain += shared.sharedCount(rows) << digit }
      let score = Double(gain) + (noise > 0 ? noise * random.unit() : 0)
      if score > best?.score ?? -.infinity { best = (column, score) }
    }
    return best?.column
  }
}

extension Hub {
  /// Leaves out members that cover fewer than two links of `rest`; returns the lines saved.
  mutating func trim(_ rest: LinkTable<Words>) -> Int {
    while true {
      let before = self
      before.left.forEach {
        if rest.rows[$0].sharedCount(before.right) < 2 { left.remove($0) }
      }
      let rows = left
      before.right.forEach {
        if rest.columns[$0].sharedCount(rows) < 2 { right.remove($0) }
      }
      if self == before { break }
    }
    var links = 0
    left.forEach { links += rest.rows[$0].sharedCount(right) }
    return links - lineCount
  }
}
