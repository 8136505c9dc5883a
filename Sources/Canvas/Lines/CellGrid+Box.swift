extension CellGrid {
  /// Draws a frame along the inside of `area`, with a title in its top edge.
  ///
  /// - Parameters:
  ///   - badge: Shown at the right of the top edge when both fit.
  ///   - footnote: Shown at the left of the bottom edge.
  ///   - joins: Whether lines already there join the frame; else it covers them.
  /// - Returns: The area within the frame.
  @discardableResult
  package mutating func drawBox(
    _ area: CellRect, line: LineStyle = .light, style: Style = .plain, title: String = "",
    titleStyle: Style? = nil, badge: String = "", footnote: String = "", joins: Bool = false
  ) -> CellRect {
    guard area.height > 1, area.width > 1 else { return area.inset(by: 1) }
    if !joins { clearFrame(area) }
    drawFrame(area, line, style)
    let room = area.width - 4
    guard room > 0 else { return area.inset(by: 1) }
    let titleStyle = titleStyle ?? style
    let used = writeOnEdge(title, row: area.row, column: area.column + 1, room, titleStyle)
    let badgeWidth = cellWidth(of: badge)
    if badgeWidth > 0, used + badgeWidth + 3 <= room {
      let column = area.endColumn - badgeWidth - 3
      writeOnEdge(badge, row: area.row, column: column, badgeWidth, titleStyle)
    }
    if area.height > 2 {
      writeOnEdge(footnote, row: area.endRow - 1, column: area.column + 1, room, style)
    }
    return area.inset(by: 1)
  }

  /// Writes with a blank on either side; returns columns taken, blanks included.
  @discardableResult
  private mutating func writeOnEdge(
    _ text: String, row: Int, column: Int, _ room: Int, _ style: Style
  ) -> Int {
    guard !text.isEmpty else { return 0 }
    let used = write(text, row: row, column: column + 1, style: style, maximumWidth: room)
    self[row, column] = Cell(" ", style)
    self[row, column + 1 + used] = Cell(" ", style)
    return used + 2
  }

  private mutating func clearFrame(_ area: CellRect) {
    fill(CellRect(row: area.row, column: area.column, height: 1, width: area.width))
    fill(CellRect(row: area.endRow - 1, column: area.column, height: 1, width: area.width))
    fill(CellRect(row: area.row, column: area.column, height: area.height, width: 1))
    fill(CellRect(row: area.row, column: area.endColumn - 1, height: area.height, width: 1))
  }

  private mutating func drawFrame(_ area: CellRect, _ line: LineStyle, _ style: Style) {
    let corners = [
      CellPoint(row: area.row, column: area.column),
      CellPoint(row: area.row, column: area.endColumn - 1),
      CellPoint(row: area.endRow - 1, column: area.endColumn - 1),
      CellPoint(row: area.endRow - 1, column: area.column),
    ]
    for (start, end) in zip(corners, corners.dropFirst() + corners.prefix(1)) {
      drawRun(from: start, to: end, line, style, startsAtCorner: true, endsAtCorner: true)
    }
  }
}
