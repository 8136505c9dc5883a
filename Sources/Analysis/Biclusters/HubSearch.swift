import Tensors

/// Covers the links of one sign by hubs so that few lines are drawn.
///
/// Hubs are grown on demand, one column at a time from a link not yet covered, as in R. Belohlavek,
/// V. Vychodil, "Discovery of optimal factors in binary data via a novel method of matrix
/// decomposition", JCSS 76(1), 2010, doi:10.1016/j.jcss.2009.05.002; nothing is enumerated. A hub
/// counts by what it saves: links it covers first, less its members. Then ruin and recreate:
/// G. Schrimpf et al., "Record Breaking Optimization Results Using the Ruin and Recreate
/// Principle", J. Comput. Phys. 159, 2000, doi:10.1006/jcph.1999.6413.
struct HubSearch<Words: SIMD<UInt64> & Sendable> {
  typealias Links = LinkSet<Words>

  private let table: LinkTable<Words>
  private var random: SeededGenerator
  private(set) var hubs: [Hub<Words>] = []

  init(_ table: LinkTable<Words>, seed: UInt64) {
    self.table = table
    random = SeededGenerator(seed: seed)
  }

  /// Lines that hubs and single links take.
  func lineCount(_ hubs: [Hub<Words>]) -> Int {
    uncovered(hubs).count + hubs.reduce(0) { $0 + $1.lineCount }
  }

  /// Links in no hub.
  func uncovered(_ hubs: [Hub<Words>]) -> LinkTable<Words> {
    var rest = table
    for hub in hubs { rest.remove(hub) }
    return rest
  }

  /// Adds the best of a few hubs until none saves a line.
  mutating func cover(tries: Int) {
    hubs = polished(extended([], tries: tries, noise: 0))
  }

  /// Takes some hubs out and covers anew; keeps what is not worse.
  mutating func improve(rounds: Int, isCancelled: () -> Bool) {
    var lines = lineCount(hubs)
    var fruitless = 0
    for _ in 0..<max(0, rounds) where fruitless < 200 && !hubs.isEmpty && !isCancelled() {
      let share = 0.05 + 0.3 * random.unit()
      let kept = hubs.filter { _ in random.unit() > share }
      let found = polished(extended(kept, tries: 24, noise: 2))
      let count = lineCount(found)
      fruitless = count < lines ? 0 : fruitless + 1
      if count <= lines { (hubs, lines) = (found, count) }
    }
  }

  private mutating func extended(
    _ start: [Hub<Words>], tries: Int, noise: Double
  ) -> [Hub<Words>] {
    var hubs = start
    var rest = uncovered(hubs)
    while true {
      var seeds = seeds(rest)
      var best: (hub: Hub<Words>, saving: Int)?
      for place in 0..<min(tries, seeds.count) {
        seeds.swapAt(place, Int.random(in: place..<seeds.count, using: &random))
        let (row, column) = seeds[place]
        let found = grow(row, column, rest, noise)
        if found.saving > best?.saving ?? 0 { best = found }
      }
      guard let best else { return hubs }
      hubs.append(best.hub)
      rest.remove(best.hub)
    }
  }

  /// Links whose row and column have another one left.
  private func seeds(_ rest: LinkTable<Words>) -> [(Int, Int)] {
    let counts = rest.columns.map(\.count)
    var result: [(Int, Int)] = []
    for (row, links) in rest.rows.enumerated() where links.count > 1 {
      links.forEach { if counts[$0] > 1 { result.append((row, $0)) } }
    }
    return result
  }

  /// The hub that saves most on the way from one link to more and more columns.
  private mutating func grow(
    _ row: Int, _ column: Int, _ rest: LinkTable<Words>, _ noise: Double
  ) -> (hub: Hub<Words>, saving: Int) {
    var candidates = table.rows[row]
    candidates.remove(column)
    var left = table.columns[column]
    var covered = Array(repeating: 0, count: table.rows.count)
    left.forEach { covered[$0] = rest.rows[$0].contains(column) ? 1 : 0 }
    var best = (hub: Hub(left: Links(), right: Links()), saving: Int.min)
    for step in 0..<42 {
      guard let next = bestColumn(candidates, left, row, covered, rest, step, noise) else { break }
      candidates.remove(next)
      left = left.intersection(table.columns[next])
      left.forEach { if rest.rows[$0].contains(next) { covered[$0] += 1 } }
      var hub = Hub(left: left, right: table.columnsShared(by: left))
      let saving = Self.trim(&hub, rest)
      if saving > best.saving { best = (hub, saving) } else if saving < best.saving - 3 { break }
    }
    return best
  }

  private mutating func bestColumn(
    _ candidates: Links, _ left: Links, _ row: Int, _ covered: [Int], _ rest: LinkTable<Words>,
    _ step: Int, _ noise: Double
  ) -> Int? {
    var best: (column: Int, score: Double)?
    for column in candidates.members {
      let shared = left.intersection(table.columns[column])
      guard shared.contains(row) else { continue }
      let fresh = rest.columns[column]
      var gain = 0
      shared.forEach { other in
        let count = covered[other] + (fresh.contains(other) ? 1 : 0)
        if count > 1 { gain += count - 1 }
      }
      let score = Double(gain - step - 2) + (noise > 0 ? noise * random.unit() : 0)
      if score > best?.score ?? -.infinity { best = (column, score) }
    }
    return best?.column
  }

  /// Leaves out members that cover fewer than two links; returns the lines saved.
  private static func trim(_ hub: inout Hub<Words>, _ rest: LinkTable<Words>) -> Int {
    while true {
      let before = hub
      before.left.forEach {
        if rest.rows[$0].sharedCount(before.right) < 2 { hub.left.remove($0) }
      }
      let left = hub.left
      before.right.forEach {
        if rest.columns[$0].sharedCount(left) < 2 { hub.right.remove($0) }
      }
      if hub == before { break }
    }
    var links = 0
    hub.left.forEach { links += rest.rows[$0].sharedCount(hub.right) }
    return links - hub.lineCount
  }

  /// Fits each hub to what the others leave, and drops those that save nothing.
  private func polished(_ start: [Hub<Words>]) -> [Hub<Words>] {
    var hubs = start
    for _ in 0..<3 {
      let before = lineCount(hubs)
      var index = 0
      while index < hubs.count {
        let hub = hubs.remove(at: index)
        let rest = uncovered(hubs)
        var wide = Hub(left: hub.left, right: table.columnsShared(by: hub.left))
        var tall = Hub(left: table.rowsShared(by: hub.right), right: hub.right)
        let (one, other) = (Self.trim(&wide, rest), Self.trim(&tall, rest))
        if max(one, other) > 0 {
          hubs.insert(other > one ? tall : wide, at: index)
          index += 1
        }
      }
      if lineCount(hubs) >= before { break }
    }
    return hubs
  }
}
