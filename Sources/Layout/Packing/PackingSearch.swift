import Tensors

/// The search for the largest scale at which everything shown fits.
struct PackingSearch {
  private let width: Int
  private let height: Int
  private let mostShift: Int
  private var items: PackingScale
  /// Groups with items, in the row.
  private var row: [Int] = []
  private(set) var scale = 0.0
  /// Shapes of groups by their sides; looked up only.
  private var known: [[Int]: GroupShapes] = [:]

  init(_ width: Int, _ height: Int, _ items: PackingScale, mostShift: Int) {
    self.width = max(0, width)
    self.height = max(0, height)
    self.items = items
    self.mostShift = mostShift
  }

  /// Leaves out the least of the items until the rest fits at the smallest side.
  mutating func chooseShown() {
    let all = items
    let perRow = width / all.smallest
    let most = min(all.itemCount, perRow * (height / all.smallest))
    if show(all, most) { return }
    var (low, high) = (0, most)
    while high - low > 1 {
      let middle = (low + high) / 2
      if show(all, middle) { low = middle } else { high = middle }
    }
    _ = show(all, low)
  }

  private mutating func show(_ all: PackingScale, _ count: Int) -> Bool {
    items = all.showing(count)
    row = items.groups.indices.filter { !items.groups[$0].isEmpty }
    return fits(row, scale: 0)
  }

  /// Bisects for the largest scale that fits.
  mutating func growScale() {
    let weights = items.groups.joined().reduce(0.0) { $0 + $1.weight * $1.weight }
    guard weights > 0 else { return }
    let unit = Double(items.grid)
    let most = (Double(width) * Double(height) / weights).squareRoot() * unit
    var (low, high) = (0.0, most * 1.02)
    for step in 0..<15 {
      let middle = step == 0 ? most * 0.9 : (low + high) / 2
      if fits(row, scale: middle) { low = middle } else { high = middle }
    }
    scale = low
  }

  /// Tries other rows near the first one, each at a slightly larger scale.
  mutating func reorder(
    attempts: Int, using random: inout SeededGenerator, isCancelled: () -> Bool
  ) {
    let first = row
    guard row.count > 1 else { return }
    var home = Array(repeating: 0, count: items.groups.count)
    for (place, group) in first.enumerated() { home[group] = place }
    for _ in 0..<max(0, attempts) where !isCancelled() {
      var changed = row
      let from = Int.random(in: 0..<row.count, using: &random)
      let to = Int.random(in: 0..<row.count, using: &random)
      if random.next() & 1 == 0 {
        changed.swapAt(from, to)
      } else {
        changed.insert(changed.remove(at: from), at: to)
      }
      let isNear = changed.indices.allSatisfy { place in
        (home[changed[place]] - place).magnitude <= mostShift
      }
      if !isNear || changed == row || !fits(changed, scale: scale * 1.002) { continue }
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
      let places = shapes[box.group].places(width: box.width, height: box.height)
      byGroup[box.group] = zip(items.groups[box.group], zip(places, shapes[box.group].sides))
        .map { item, square in
          PackedSquare(
            item: item.item, x: (box.x + square.0.x) * items.grid,
            y: (box.y + square.0.y) * items.grid, side: square.1 * items.grid)
        }
    }
    return byGroup.flatMap { $0 }
  }
}
