/// A cell's place.
package struct CellPoint: Hashable, Sendable {
  package var row: Int
  package var column: Int

  package init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }
}

extension CellGrid {
  /// Draws a line of `width` cells to the right. It joins lines it crosses or ends on.
  package mutating func drawHorizontalLine(
    row: Int, column: Int, width: Int, line: LineStyle = .light, style: Style = .plain
  ) {
    guard width > 0 else { return }
    drawRun(
      from: CellPoint(row: row, column: column),
      to: CellPoint(row: row, column: column + width - 1), line, style)
  }

  /// Draws a line of `height` cells downwards. It joins lines it crosses or ends on.
  package mutating func drawVerticalLine(
    row: Int, column: Int, height: Int, line: LineStyle = .light, style: Style = .plain
  ) {
    guard height > 0 else { return }
    drawRun(
      from: CellPoint(row: row, column: column),
      to: CellPoint(row: row + height - 1, column: column), line, style)
  }

  /// Draws along `points`, each in the row or column of the one before, with corners.
  ///
  /// A step that is neither goes across first, then up or down.
  package mutating func drawPath(
    _ points: [CellPoint], line: LineStyle = .light, style: Style = .plain
  ) {
    var corners: [CellPoint] = []
    for point in points {
      if let last = corners.last, last.row != point.row, last.column != point.column {
        corners.append(CellPoint(row: last.row, column: point.column))
      }
      if corners.last != point { corners.append(point) }
    }
    for (index, (start, end)) in zip(corners, corners.dropFirst()).enumerated() {
      drawRun(
        from: start, to: end, line, style, startsAtCorner: index > 0,
        endsAtCorner: index + 2 < corners.count, isEdge: true)
    }
  }

  /// One straight run between cells of the same row or column, both included.
  mutating func drawRun(
    from start: CellPoint, to end: CellPoint, _ line: LineStyle, _ style: Style,
    startsAtCorner: Bool = false, endsAtCorner: Bool = false, isEdge: Bool = false
  ) {
    let isHorizontal = start.row == end.row
    let isForward = isHorizontal ? end.column >= start.column : end.row > start.row
    let length = max(abs(end.row - start.row), abs(end.column - start.column))
    for index in visibleSteps(from: start, to: end, length) {
      let step = isForward ? index : -index
      let row = isHorizontal ? start.row : start.row + step
      let column = isHorizontal ? start.column + step : start.column
      let pointsForward = index < length
      let pointsBack = index > 0
      let ahead = isForward ? pointsForward : pointsBack
      let behind = isForward ? pointsBack : pointsForward
      let arms =
        isHorizontal
        ? LineArms(right: ahead, left: behind, line.weight)
        : LineArms(up: behind, down: ahead, line.weight)
      let isCorner = (index == 0 && startsAtCorner) || (index == length && endsAtCorner)
      let old = self[row, column]
      let isOnBox = LineArms(glyph: old.glyph) != nil && !old.isEdge
      join(arms, isHorizontal, isCorner, row, column, line, style)
      self[row, column].isEdge = isEdge && !isOnBox
    }
  }

  /// Steps of a run that may lie on the grid, so that far-off ends cost nothing.
  private func visibleSteps(
    from start: CellPoint, to end: CellPoint, _ length: Int
  ) -> Range<Int> {
    let isHorizontal = start.row == end.row
    let origin = isHorizontal ? start.column : start.row
    let limit = isHorizontal ? width : height
    let isForward = isHorizontal ? end.column >= start.column : end.row > start.row
    let first = isForward ? -origin : origin - limit + 1
    let last = isForward ? limit - 1 - origin : origin
    let lower = min(max(0, first), length + 1)
    return lower..<max(lower, min(length, last) + 1)
  }

  /// Adds arms to whatever line a cell shows; an open end on empty ground is a whole line.
  private mutating func join(
    _ arms: LineArms, _ isHorizontal: Bool, _ isCorner: Bool, _ row: Int, _ column: Int,
    _ line: LineStyle, _ style: Style
  ) {
    let old = LineArms(glyph: self[row, column].glyph)
    var merged = old.map { $0.overlaid(by: arms) } ?? arms
    if old == nil, !isCorner {
      let weight = line.weight
      merged =
        isHorizontal
        ? LineArms(right: true, left: true, weight) : LineArms(up: true, down: true, weight)
    }
    let isStraight = isHorizontal ? merged.isHorizontal : merged.isVertical
    let glyph =
      line.isDashed && isStraight && !isCorner
      ? dashedGlyph(line.weight, isHorizontal) : nil
    self[row, column] = Cell(glyph ?? merged.glyph(preferring: line.weight), style)
  }

  private func dashedGlyph(_ weight: LineWeight, _ isHorizontal: Bool) -> Unicode.Scalar? {
    switch weight {
    case .light: isHorizontal ? "┄" : "┆"
    case .heavy: isHorizontal ? "┅" : "┇"
    case .double: nil
    }
  }
}
