/// A bundle's way through a gutter: from its sources to a trunk, from there to a hub, and on to
/// its targets.
struct BundleRoute: Sendable {
  /// Place in the bundles that were to be routed.
  var bundle: Int
  /// Rows its lines start and end in.
  var sources: [Int]
  var targets: [Int]
  var hub: Int
  /// Columns of the trunks left and right of the hub; nil where nothing turns.
  var before: Int?
  var after: Int?
}

/// Columns and rows that lines have.
struct GutterRoom: Sendable {
  var left: Int
  /// The last column.
  var right: Int
  var rows: Range<Int>

  var middle: Int { (left + right) / 2 }
}

/// Routes as many bundles as there are channels for, the first ones first; the first always.
///
/// Hubs lie in rows of their own, ordered by the mean row of their members (the barycentre of
/// K. Sugiyama et al., doi:10.1109/TSMC.1981.4308636), so that lines cross little and none runs
/// along another's. Trunks share a column where their rows don't meet.
///
/// - Parameter ends: Rows of each bundle's visible sources and targets; bundles without either
///   are left out.
func routed(
  _ ends: [(sources: [Int], targets: [Int])], in room: GutterRoom
) -> [BundleRoute] {
  var hubs = HubRows(ends, room.rows)
  var before = Channels(room.left + 1..<max(room.left + 1, room.middle))
  var after = Channels(room.middle + 1..<max(room.middle + 1, room.right))
  var routes: [BundleRoute] = []
  for (index, end) in ends.enumerated() where !end.sources.isEmpty && !end.targets.isEmpty {
    guard let hub = hubs.place(index) else { continue }
    var route = BundleRoute(bundle: index, sources: end.sources, targets: end.targets, hub: hub)
    let isFirst = routes.isEmpty
    let first = before.free(for: end.sources + [hub], isForced: isFirst)
    let second = after.free(for: end.targets + [hub], isForced: isFirst)
    guard let first, let second else { continue }
    route.before = first.column
    route.after = second.column
    before.take(first)
    after.take(second)
    routes.append(route)
  }
  return routes
}

/// Rows for hubs, found one after the other.
private struct HubRows {
  private let ends: [(sources: [Int], targets: [Int])]
  private let rows: Range<Int>
  private let labelsLeft: Set<Int>
  private let labelsRight: Set<Int>
  private var taken: Set<Int> = []
  /// Rows of their own by barycentre, so that their order is that of the barycentres.
  private var settled: [(middle: Double, row: Int)] = []

  init(_ ends: [(sources: [Int], targets: [Int])], _ rows: Range<Int>) {
    self.ends = ends
    self.rows = rows
    labelsLeft = Set(ends.flatMap(\.sources))
    labelsRight = Set(ends.flatMap(\.targets))
  }

  mutating func place(_ index: Int) -> Int? {
    let (sources, targets) = ends[index]
    if sources.count == 1, isFree(sources[0], labelsRight, targets) { return take(sources[0]) }
    if targets.count == 1, isFree(targets[0], labelsLeft, sources) { return take(targets[0]) }
    let middle = (mean(sources) + mean(targets)) / 2
    let low = settled.last { $0.middle <= middle }?.row ?? rows.lowerBound - 1
    let high = settled.first { $0.middle > middle }?.row ?? rows.upperBound
    let free = rows.filter {
      !taken.contains($0) && !labelsLeft.contains($0) && !labelsRight.contains($0)
    }
    let inOrder = free.filter { $0 > low && $0 < high }
    let wanted = inOrder.isEmpty ? free : inOrder
    let best = wanted.min {
      (abs(Double($0) - middle), $0) < (abs(Double($1) - middle), $1)
    }
    guard let best else { return nil }
    let at = settled.firstIndex { $0.middle > middle } ?? settled.count
    settled.insert((middle, best), at: at)
    return take(best)
  }

  /// Whether a line may go on along a label's row.
  private func isFree(_ row: Int, _ labels: Set<Int>, _ own: [Int]) -> Bool {
    !taken.contains(row) && (!labels.contains(row) || own.contains(row))
  }

  private mutating func take(_ row: Int) -> Int {
    taken.insert(row)
    return row
  }

  private func mean(_ rows: [Int]) -> Double {
    Double(rows.reduce(0, +)) / Double(max(1, rows.count))
  }
}

/// Columns for trunks.
private struct Channels {
  struct Slot {
    /// Nil where nothing turns.
    var column: Int?
    var span: ClosedRange<Int>
  }

  private var taken: [(column: Int, spans: [ClosedRange<Int>])]

  init(_ columns: Range<Int>) { taken = columns.map { ($0, []) } }

  /// The first column in which a trunk over these rows meets no other; nil when there is none,
  /// unless it is forced.
  func free(for rows: [Int], isForced: Bool) -> Slot? {
    let span = (rows.min() ?? 0)...(rows.max() ?? 0)
    if span.count == 1 { return Slot(column: nil, span: span) }
    let found = taken.first { !$0.spans.contains { $0.overlaps(span) } }
    guard let column = found?.column ?? (isForced ? taken.first?.column : nil) else { return nil }
    return Slot(column: column, span: span)
  }

  mutating func take(_ slot: Slot) {
    guard let at = taken.firstIndex(where: { $0.column == slot.column }) else { return }
    taken[at].spans.append(slot.span)
  }
}
