import Canvas

/// Lines of one bundle: they join each other and pass over those of others.
struct LineNet {
  var paths: [[CellPoint]]
  var line: LineStyle
  var style: Style
  /// Rows in which it leaves or enters panes; there it joins others that do the same.
  var ends: Set<Int>
  /// Whether it also interrupts lines that are in no net, but for the first cell of each path.
  var passesOverAll = false
  /// Where the lines meet, and its glyph; nil without one.
  var hub: (point: CellPoint, glyph: Unicode.Scalar)?
}

/// Draws nets one over the other: a later one's lines interrupt an earlier one's they cross, so
/// that crossing and joining can be told apart.
struct LineNets {
  /// The net of each cell of the screen, row by row; -1 for none.
  private var owner: [Int] = []
  private var drawn: [LineNet] = []

  mutating func draw(_ net: LineNet, on surface: inout Surface) {
    guard !surface.isSurvey else { return }
    let index = drawn.count
    let bounds = surface.bounds
    if owner.isEmpty { owner = Array(repeating: -1, count: bounds.height * bounds.width) }
    for path in net.paths {
      for point in cells(along: path) where bounds.contains(row: point.row, column: point.column) {
        let place = point.row * bounds.width + point.column
        let other = owner[place]
        let isForeign =
          other >= 0
          ? other != index && !isShared(point.row, net, drawn[other])
          : net.passesOverAll && point != path.first
        if isForeign { surface.put(Cell(" ", .plain), point.row, point.column) }
        owner[place] = index
      }
    }
    for path in net.paths { surface.path(path, net.line, net.style) }
    if let hub = net.hub {
      surface.put(Cell(hub.glyph, net.style), hub.point.row, hub.point.column)
    }
    drawn.append(net)
  }

  private func isShared(_ row: Int, _ one: LineNet, _ other: LineNet) -> Bool {
    one.ends.contains(row) && other.ends.contains(row)
  }

  private func cells(along path: [CellPoint]) -> [CellPoint] {
    var cells: [CellPoint] = []
    for (start, end) in zip(path, path.dropFirst()) {
      if start.row == end.row {
        let columns = min(start.column, end.column)...max(start.column, end.column)
        cells += columns.map { CellPoint(row: start.row, column: $0) }
      } else {
        let rows = min(start.row, end.row)...max(start.row, end.row)
        cells += rows.map { CellPoint(row: $0, column: start.column) }
      }
    }
    return cells
  }
}

extension BundleRoute {
  /// Its lines, through the middle of the room.
  func paths(_ room: GutterRoom) -> [[CellPoint]] {
    let middle = CellPoint(row: hub, column: room.middle)
    let into = sources.map { row in
      [CellPoint(row: row, column: room.left)] + turn(row, before) + [middle]
    }
    let out = targets.map { row in
      [middle] + turn(row, after).reversed() + [CellPoint(row: row, column: room.right)]
    }
    return into + out
  }

  /// From a row to the hub's, along a trunk.
  private func turn(_ row: Int, _ column: Int?) -> [CellPoint] {
    guard let column, row != hub else { return [] }
    return [CellPoint(row: row, column: column), CellPoint(row: hub, column: column)]
  }
}
