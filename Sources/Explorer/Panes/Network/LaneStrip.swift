import Canvas

/// The rows under the panes in which skip connections run.
struct LaneStrip {
  /// Lanes in view, and the row of each in the strip.
  private(set) var lanes: [(lane: StreamLane, row: Int)] = []
  /// Lanes in view there is no row for.
  private(set) var hidden = 0
  private(set) var height = 0

  /// - Parameters:
  ///   - ranks: Columns in view.
  ///   - most: Rows there are.
  init(_ all: [StreamLane], ranks: Range<Int>, most: Int) {
    let inView = all.filter { $0.first < ranks.upperBound && $0.last >= ranks.lowerBound }
    let rows = Set(inView.map(\.row)).sorted()
    height = min(rows.count, max(0, most))
    for lane in inView {
      let row = rows.firstIndex(of: lane.row) ?? 0
      if row < height { lanes.append((lane, row)) } else { hidden += 1 }
    }
  }

  /// Draws the lanes under columns of panes: from the foot of a pane's right side down to the
  /// lane, along it, and up to the left side of those it leads to.
  ///
  /// - Parameters:
  ///   - drawn: Panes of each column in view, top to bottom.
  ///   - area: The strip.
  func draw(
    _ drawn: [[DrawnPane]], first rank: Int, _ state: ExplorerState, in area: CellRect,
    on surface: inout Surface
  ) {
    let selected = state.arrangement.node(showing: state.selection.layer) ?? -1
    let order = lanes.sorted {
      let one = touches($0.lane, selected) ? 1 : 0
      let other = touches($1.lane, selected) ? 1 : 0
      return (one, -$0.row) < (other, -$1.row)
    }
    var nets = LineNets()
    for (lane, row) in order {
      let isLit = touches(lane, selected)
      let pen = LanePen(
        lane: lane, row: area.row + row, slot: row,
        style: surface.theme[isLit ? .focusBorder : .edge])
      pen.draw(drawn, first: rank, &nets, on: &surface)
      if let pane = drawn.first?.last { pen.label(pane, state, isLit: isLit, on: &surface) }
    }
    guard hidden > 0, height > 0 else { return }
    surface.text(
      " +\(hidden) lanes", area.endRow - 1, area.column, .warning, width: area.width,
      alignment: .trailing)
  }

  private func touches(_ lane: StreamLane, _ node: Int) -> Bool {
    lane.sources.contains(node) || lane.targets.contains(node)
  }
}

/// Draws one lane.
private struct LanePen {
  var lane: StreamLane
  /// Row of the screen.
  var row: Int
  /// Place among the lanes; ways down and up keep apart by it.
  var slot: Int
  var style: Style

  /// A way between a pane and the lane.
  private struct Way {
    /// From the pane to the lane.
    var path: [CellPoint]
    /// Where it enters the pane; nil for ways out.
    var arrow: (point: CellPoint, glyph: Unicode.Scalar)?
    var rank: Int

    var column: Int { path.last?.column ?? 0 }
  }

  func draw(
    _ drawn: [[DrawnPane]], first rank: Int, _ nets: inout LineNets, on surface: inout Surface
  ) {
    guard let left = drawn.first?.first?.area, let right = drawn.last?.first?.area else { return }
    let (taps, joins) = ways(drawn)
    let first = joins.filter { $0.rank == lane.first }.map(\.column).min()
    let last = taps.filter { $0.rank > lane.last }.map(\.column).max()
    let from = lane.first < rank ? left.column : first ?? left.column
    let to =
      lane.last >= rank + drawn.count - 1 ? right.endColumn - 1 : last ?? right.endColumn - 1
    guard to > from else { return }
    let along = [CellPoint(row: row, column: from), CellPoint(row: row, column: to)]
    let all = taps + joins
    nets.draw(
      LineNet(
        paths: [along] + all.map(\.path), line: .double, style: style, ends: [],
        passesOverAll: true), on: &surface)
    for way in all {
      let glyph: Unicode.Scalar = way.column == from ? "╚" : way.column == to ? "╝" : "╩"
      surface.put(Cell(glyph, style), row, way.column)
      if let arrow = way.arrow {
        surface.put(Cell(arrow.glyph, style), arrow.point.row, arrow.point.column)
      }
    }
  }

  private func ways(_ drawn: [[DrawnPane]]) -> (taps: [Way], joins: [Way]) {
    var taps: [Way] = []
    var joins: [Way] = []
    for (offset, column) in drawn.enumerated() {
      for (place, pane) in column.enumerated() {
        let isLowest = place == column.count - 1
        if lane.targets.contains(pane.node) {
          taps += isLowest ? tapBelow(pane) : offset > 0 ? tapBeside(pane) : []
        }
        if lane.sources.contains(pane.node) {
          joins += isLowest ? joinBelow(pane) : offset + 1 < drawn.count ? joinBeside(pane) : []
        }
      }
    }
    return (taps, joins)
  }

  /// Up into the foot of a column's lowest pane.
  private func tapBelow(_ pane: DrawnPane) -> [Way] {
    let foot = CellPoint(row: pane.area.endRow - 1, column: pane.area.column + 2 + 2 * slot)
    guard foot.column < pane.area.endColumn - 2 else { return [] }
    let path = [foot, CellPoint(row: row, column: foot.column)]
    return [Way(path: path, arrow: (foot, "▴"), rank: pane.rank)]
  }

  /// Up beside the panes below, into the side of one above.
  private func tapBeside(_ pane: DrawnPane) -> [Way] {
    let side = CellPoint(row: pane.area.row + 1, column: pane.area.column - 1)
    let turn = CellPoint(row: side.row, column: side.column - 1 - slot)
    let path = [side, turn, CellPoint(row: row, column: turn.column)]
    return [Way(path: path, arrow: (side, "▸"), rank: pane.rank)]
  }

  private func joinBelow(_ pane: DrawnPane) -> [Way] {
    let foot = CellPoint(row: pane.area.endRow - 1, column: pane.area.endColumn - 3 - 2 * slot)
    guard foot.column > pane.area.column + 1 else { return [] }
    return [Way(path: [foot, CellPoint(row: row, column: foot.column)], rank: pane.rank)]
  }

  private func joinBeside(_ pane: DrawnPane) -> [Way] {
    let side = CellPoint(row: pane.area.row + 1, column: pane.area.endColumn)
    let turn = CellPoint(row: side.row, column: side.column + 1 + slot)
    return [
      Way(path: [side, turn, CellPoint(row: row, column: turn.column)], rank: pane.rank)
    ]
  }

  /// What the lane is, under the first column.
  func label(
    _ pane: DrawnPane, _ state: ExplorerState, isLit: Bool, on surface: inout Surface
  ) {
    let text = " skip \(lane.sources.count) → \(lane.targets.count) "
    let column = pane.area.column + 7
    guard lane.first < pane.rank, column + cellWidth(of: text) < pane.area.endColumn - 7 else {
      return
    }
    surface.text(text, row, column, isLit ? .value : .dim)
  }
}
