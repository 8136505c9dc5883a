import Tensors

/// Covers the links of one sign by hubs so that few lines are drawn.
///
/// A hub counts by what it saves: links it covers first, less its members. The best is taken until
/// none saves a line; candidates are looked at again only when they lead, as in M. Minoux,
/// "Accelerated greedy algorithms for maximizing submodular set functions", 1978,
/// doi:10.1007/BFb0006528. Then ruin and recreate: G. Schrimpf et al., "Record Breaking
/// Optimization Results Using the Ruin and Recreate Principle", J. Comput. Phys. 159, 2000,
/// doi:10.1006/jcph.1999.6413.
struct HubSearch<Words: SIMD<UInt64> & Sendable> {
  typealias Links = LinkSet<Words>

  /// What a hub comes from.
  private enum Source {
    /// Grown from a link, again and again.
    case link(row: Int, column: Int)
    /// One that cannot be widened, cut to what is left.
    case closed(Hub<Words>)
  }

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

  /// What a cover is judged by: its lines, then those of them that are single links. Of two covers
  /// with equally many lines, that with more links in hubs is the clearer drawing.
  private func cost(_ hubs: [Hub<Words>]) -> (lines: Int, single: Int) {
    let single = uncovered(hubs).count
    return (single + hubs.reduce(0) { $0 + $1.lineCount }, single)
  }

  /// Links in no hub.
  func uncovered(_ hubs: [Hub<Words>]) -> LinkTable<Words> {
    var rest = table
    for hub in hubs { rest.remove(hub) }
    return rest
  }

  /// Covers by hubs grown on demand, and once more by those that cannot be widened when there are
  /// few; keeps the better cover.
  mutating func cover(tries: Int, mostClosed: Int, isCancelled: () -> Bool) {
    hubs = polished(extended([], tries: tries, noise: 0, isCancelled), isCancelled)
    guard !isCancelled(),
      let closed = ClosedBiclusters.all(table, most: mostClosed, isCancelled: isCancelled)
    else { return }
    var rest = table
    let others = polished(
      taken(closed.map { Source.closed($0) }, &rest, 0, isCancelled), isCancelled)
    if cost(others) < cost(hubs) { hubs = others }
  }

  /// Takes some hubs out and covers anew; keeps what is not worse.
  ///
  /// - Parameter progress: Told the share of rounds that are over.
  mutating func improve(
    rounds: Int, isCancelled: () -> Bool, progress: (Double) -> Void = { _ in }
  ) {
    var best = (hubs: hubs, cost: cost(hubs))
    var fruitless = 0
    let patience = max(200, rounds / 4)
    for round in 0..<max(0, rounds) {
      if fruitless >= patience || hubs.isEmpty || isCancelled() { break }
      progress(Double(round) / Double(rounds))
      let share = 0.05 + 0.3 * random.unit()
      let kept = hubs.filter { _ in random.unit() > share }
      let found = polished(extended(kept, tries: 24, noise: 2, isCancelled), isCancelled)
      let cost = cost(found)
      fruitless = cost.lines < best.cost.lines ? 0 : fruitless + 1
      // A little above the record is good enough to go on from; G. Dueck, "New Optimization
      // Heuristics", J. Comput. Phys. 104, 1993, doi:10.1006/jcph.1993.1010.
      if cost.lines <= best.cost.lines + best.cost.lines / 250 { hubs = found }
      if cost < best.cost { best = (found, cost) }
    }
    hubs = best.hubs
  }

  /// Adds hubs grown from links not yet covered, a sample at a time, until a sample yields none.
  private mutating func extended(
    _ start: [Hub<Words>], tries: Int, noise: Double, _ isCancelled: () -> Bool
  ) -> [Hub<Words>] {
    var hubs = start
    var rest = uncovered(hubs)
    while !isCancelled() {
      var links = looseLinks(rest)
      let count = min(tries, links.count)
      for place in 0..<count {
        links.swapAt(place, Int.random(in: place..<links.count, using: &random))
      }
      let sources = links.prefix(count).map { Source.link(row: $0.row, column: $0.column) }
      let added = taken(sources, &rest, noise, isCancelled)
      if added.isEmpty { break }
      hubs += added
    }
    return hubs
  }

  /// Links whose row and column have another one left.
  private func looseLinks(_ rest: LinkTable<Words>) -> [(row: Int, column: Int)] {
    let counts = rest.columns.map(\.count)
    var result: [(row: Int, column: Int)] = []
    for (row, links) in rest.rows.enumerated() where links.count > 1 {
      links.forEach { if counts[$0] > 1 { result.append((row, $0)) } }
    }
    return result
  }

  /// Hubs from the sources, the one that saves most first; takes their links out of `rest`.
  private mutating func taken(
    _ sources: [Source], _ rest: inout LinkTable<Words>, _ noise: Double,
    _ isCancelled: () -> Bool
  ) -> [Hub<Words>] {
    var hubs: [Hub<Words>] = []
    // Sources by the lines they saved when last looked at; what they save now is not more.
    var waiting: [[Int]] = []
    func wait(_ source: Int, _ saving: Int) {
      while waiting.count <= saving { waiting.append([]) }
      waiting[saving].append(source)
    }
    for source in sources.indices.reversed() {
      if source.isMultiple(of: 64), isCancelled() { return [] }
      let saving = hub(from: sources[source], rest, noise).saving
      if saving > 0 { wait(source, saving) }
    }
    while let saving = waiting.indices.last, saving > 0 {
      guard let source = waiting[saving].popLast() else {
        waiting.removeLast()
        continue
      }
      let found = hub(from: sources[source], rest, noise)
      if found.saving < saving {
        if found.saving > 0 { wait(source, found.saving) }
      } else {
        hubs.append(found.hub)
        rest.remove(found.hub)
        if case .link(let row, let column) = sources[source], rest.rows[row].contains(column) {
          wait(source, saving)
        }
        if isCancelled() { break }
      }
    }
    return hubs
  }

  private mutating func hub(
    from source: Source, _ rest: LinkTable<Words>, _ noise: Double
  ) -> (hub: Hub<Words>, saving: Int) {
    switch source {
    case .link(let row, let column):
      return rest.rows[row].contains(column)
        ? HubGrowth.hub(
          row: row, column: column, table, rest: rest, noise: noise, using: &random)
        : (Hub(left: Links(), right: Links()), 0)
    case .closed(var hub):
      let saving = hub.trim(rest)
      return (hub, saving)
    }
  }

  /// Fits each hub to what the others leave, and drops those that save nothing; leaves the rest as they
  /// are once cancelled.
  private func polished(_ start: [Hub<Words>], _ isCancelled: () -> Bool) -> [Hub<Words>] {
    var hubs = start
    for _ in 0..<3 {
      let before = lineCount(hubs)
      var index = 0
      while index < hubs.count {
        if isCancelled() { return hubs }
        let hub = hubs.remove(at: index)
        let rest = uncovered(hubs)
        var wide = Hub(left: hub.left, right: table.columnsShared(by: hub.left))
        var tall = Hub(left: table.rowsShared(by: hub.right), right: hub.right)
        let (one, other) = (wide.trim(rest), tall.trim(rest))
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
