import Canvas

extension ExplorerState {
  /// From picture to picture by where they lie; past the last, to the pages behind.
  mutating func moveInFeatures(_ move: Move) {
    guard let key = surveyed(self).packing else { return }
    ensurePage(PageRequest(key: key, neuron: selection.neuron))
    guard let pages = packings[key] else { return }
    let at = pages.page(of: selection.neuron) ?? 0
    guard pages.pages.indices.contains(at) else { return }
    let tiles = pages.pages[at].tiles
    guard let here = tiles.first(where: { $0.neuron == selection.neuron }) else {
      if let first = tiles.first { select(neuron: first.neuron) }
      return
    }
    switch move {
    case .first: if let first = tiles.first { select(neuron: first.neuron) }
    case .last: if let last = tiles.last { select(neuron: last.neuron) }
    case .pageUp: turn(to: at - 1, pages)
    case .pageDown: turn(to: at + 1, pages)
    case .up, .down, .left, .right:
      if let next = neighbor(of: here, among: tiles, move) {
        select(neuron: next.neuron)
      } else if move == .left, view == .layer {
        place.focus = 0
      } else if move != .left, move != .right {
        turn(to: move == .down ? at + 1 : at - 1, pages)
      }
    }
  }

  private mutating func turn(to page: Int, _ pages: FeaturePages) {
    if pages.pages.indices.contains(page) {
      if let first = pages.pages[page].tiles.first { select(neuron: first.neuron) }
    } else if page > 0, let next = pages.waiting.first {
      select(neuron: next)
    }
  }
}

/// The nearest picture in a direction: distances across count double, ties go to the first.
func neighbor(of here: FeatureTile, among tiles: [FeatureTile], _ move: Move) -> FeatureTile? {
  let isSideways = move.sideways != 0
  var best: (tile: FeatureTile, distance: Int)?
  for tile in tiles where tile.neuron != here.neuron {
    let ahead =
      switch move {
      case .left: here.area.column - tile.area.endColumn
      case .right: tile.area.column - here.area.endColumn
      case .up: 2 * (here.area.row - tile.area.endRow)
      default: 2 * (tile.area.row - here.area.endRow)
      }
    guard ahead >= 0 else { continue }
    let across =
      isSideways
      ? 2 * distance(here.area.row..<here.area.endRow, tile.area.row..<tile.area.endRow)
      : distance(
        here.area.column..<here.area.endColumn, tile.area.column..<tile.area.endColumn)
    let total = ahead + 2 * across
    if total < best?.distance ?? .max { best = (tile, total) }
  }
  return best?.tile
}

/// Cells between two ranges, and one more; 0 where they overlap.
private func distance(_ a: Range<Int>, _ b: Range<Int>) -> Int {
  a.overlaps(b) ? 0 : max(b.lowerBound - a.upperBound, a.lowerBound - b.upperBound) + 1
}
