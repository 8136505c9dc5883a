import Tensors

/// The search for the largest scale at which everything shown fits.
struct PackingSearch {
  private let width: Int
  private let height: Int
  private let mostShift: Int
  private var items: PackingScale
  /// Groups with items, in the row.
  private var row: [Int] = []
  /// Rows that are as good as the one given: that one, or all where few deserve it.
  private var rows: [[Int]] = []
  private(set) var scale = 0.0
  /// Shapes of groups by their sides; looked up only.
  private var known: [[Int]: GroupShapes] = [:]

  init(_ width: Int, _ height: Int, _ items: PackingScale, mostShift: Int) {
    self.width = max(0, width)
    self.height = max(0, height)
    self.items = items
    self.mostShift = mostShift
  }

  /// What there is to show, after ``chooseShown(_:)``.
  var shown: PackingScale { items }

  /// Leaves out the least of the items until the rest fits at the smallest side.
  mutating func chooseShown(_ isCancelled: () -> Bool) {
    let all = items
    let perRow = width / all.smallest
    let most = min(all.itemCount, perRow * (height / all.smallest))
    if show(all, most) { return }
    var (low, high) = (0, most)
    while high - low > 1, !isCancelled() {
      let middle = (low + high) / 2
      if show(all, middle) { low = middle } else { high = middle }
    }
    _ = show(all, low)
  }

  private mutating func show(_ all: PackingScale, _ count: Int) -> Bool {
    items = all.showing(count)
    row = items.groups.indices.filter { !items.groups[$0].isEmpty }
    rows = [row]
    if row.count <= Self.mostRows, count <= PackingEffort.fewItems {
      rows = permutations(of: row).filter { isNear($0, home: row) }
    }
    return fitsAnyRow(scale: 0)
  }

  /// Most groups of few items that are tried in all rows: any boxes up to four that fit can be
  /// cut apart, so that the scale found is the largest there is.
  private static let mostRows = 4

  /// Keeps the first row in which everything fits.
  private mutating func fitsAnyRow(scale: Double) -> Bool {
    for candidate in rows where fits(candidate, scale: scale) {
      row = candidate
      return true
    }
    return false
  }

  /// Whether no group is too far from its place in `home`.
  private func isNear(_ row: [Int], home: [Int]) -> Bool {
    row.indices.allSatisfy { place in
      home.firstIndex(of: row[place]).map { ($0 - place).magnitude <= mostShift } ?? false
    }
  }

  /// Bisects for the largest scale that fits.
  mutating func growScale(_ isCancelled: () -> Bool, _ progress: (WorkProgress) -> Void) {
    let weights = items.groups.joined().reduce(0.0) { $0 + $1.weight * $1.weight }
    guard weights > 0 else { return }
    let unit = Double(items.grid)
    let most = (Double(width) * Double(height) / weights).squareRoot() * unit
    var (low, high) = (0.0, most * 1.02)
    for step in 0..<15 where !isCancelled() {
      let middle = step == 0 ? most * 0.9 : (low + high) / 2
      if fitsAnyRow(scale: middle) { low = middle } else { high = middle }
      progress(WorkProgress(.scale, share: Double(step + 1) / 15))
    }
    scale = low
    climb(isCancelled)
  }

  /// Looks a little beyond: sides grow one by one, and what fits at one scale needs not at all
  /// smaller ones. From 0 no way leads up.
  private mutating func climb(_ isCancelled: () -> Bool) {
    guard scale > 0 else { return }
    var step = 0
    while step < Self.steps.count, !isCancelled() {
      if fitsAnyRow(scale: scale * Self.steps[step]) {
        scale *= Self.steps[step]
        step = 0
      } else {
        step += 1
      }
    }
  }

  private static let steps = [1.004, 1.01, 1.02, 1.035, 1.05]

  /// Tries other rows near the first one, each at a slightly larger scale.
  mutating func reorder(
    attempts: Int, using random: inout SeededGenerator, _ isCancelled: () -> Bool,
    _ progress: (WorkProgress) -> Void
  ) {
    let home = rows.first ?? row
    guard row.count > 1, scale > 0 else { return }
    for attempt in 0..<max(0, attempts) where !isCancelled() {
      progress(WorkProgress(.search, share: Double(attempt) / Double(attempts)))
      var changed = row
      let from = Int.random(in: 0..<row.count, using: &random)
      let to = Int.random(in: 0..<row.count, using: &random)
      if random.next() & 1 == 0 {
        changed.swapAt(from, to)
      } else {
        changed.insert(changed.remove(at: from), at: to)
      }
      if changed == row || !isNear(changed, home: home) || !fits(changed, scale: scale * 1.002) {
        continue
      }
      row = changed
      scale *= 1.002
      while fits(row, scale: scale * 1.004) { scale *= 1.004 }
    }
  }

  private mutating func fits(_ row: [Int], scale: Double) -> Bool {
    SlicingOrder(shapes(scale), order: row, width: width, height: height).fits
  }

  private mutating func shapes(_ scale: Double) -> [GroupShapes] {
    items.groups.map { group in
      let sides = group.map { items.side($0, scale: scale) }
      if let shapes = known[sides] { return shapes }
      let shapes = GroupShapes(
        sides: sides, width: width, height: height,
        effort: PackingEffort(itemCount: items.itemCount))
      known[sides] = shapes
      return shapes
    }
  }

  /// The squares at the scale found, in pixels.
  func squares() -> [PackedSquare] {
    var search = self
    let shapes = search.shapes(scale)
    let boxes = SlicingOrder(shapes, order: row, width: width, height: height).boxes()
    var byGroup = Array(repeating: [PackedSquare](), count: items.groups.count)
    for box in boxes {
      let sides = shapes[box.group].sides
      let places = NeighborExchange.places(
        shapes[box.group].places(width: box.width, height: box.height), sides: sides,
        order: items.groups[box.group].map(\.place))
      byGroup[box.group] = zip(items.groups[box.group], zip(places, sides)).map { item, square in
        PackedSquare(
          item: item.item, x: (box.x + square.0.x) * items.grid,
          y: (box.y + square.0.y) * items.grid, side: square.1 * items.grid)
      }
    }
    return byGroup.flatMap { $0 }
  }
}

/// All orders of a few things, the given one first.
private func permutations(of items: [Int]) -> [[Int]] {
  guard items.count > 1 else { return [items] }
  return items.indices.flatMap { index in
    var rest = items
    let first = rest.remove(at: index)
    return permutations(of: rest).map { [first] + $0 }
  }
}
