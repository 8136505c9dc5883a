import Canvas

/// One line: which of the columns are on screen, which is selected, and what the facet is.
func drawMinimap(
  _ state: ExplorerState, _ columns: NetworkColumns, _ tally: GutterTally, rank: Int, row: Int,
  on surface: inout Surface
) {
  let facet = state.facet.title
  let room = surface.bounds.width - cellWidth(of: facet) - 2
  surface.text(facet, row, max(0, room + 2), .header)
  var column = drawColumnMap(state, columns, rank: rank, row: row, on: &surface)
  let statement = tally.text(isBrief: room < 76)
  let width = statement.reduce(0) { $0 + cellWidth(of: $1.0) }
  guard !statement.isEmpty, column + 3 + width <= room else { return }
  column += surface.text(" · ", row, column, .dim)
  surface.line(statement, row, column, width: room - column)
}

/// The columns, those in view told apart; returns the columns of text it took.
private func drawColumnMap(
  _ state: ExplorerState, _ columns: NetworkColumns, rank: Int, row: Int,
  on surface: inout Surface
) -> Int {
  let count = state.arrangement.ranks.count
  let end = min(count, columns.start + columns.visible)
  guard count > columns.visible else {
    return surface.text("all \(count) columns in view", row, 0, .dim)
  }
  let text = " \(columns.start + 1)–\(end) of \(count) columns"
  let mapWidth = max(0, min(count, surface.bounds.width / 3 - 4))
  var column = surface.text(columns.start > 0 ? "◂ " : "  ", row, 0, .key)
  for (place, bin) in evenBins(count, into: mapWidth).enumerated() {
    let isVisible = bin.overlaps(columns.start..<end)
    let isSelected = bin.contains(rank)
    let glyph: Unicode.Scalar = isSelected ? "█" : isVisible ? "▪" : "·"
    let role: StyleRole = isSelected ? .key : isVisible ? .value : .dim
    surface.put(Cell(glyph, surface.theme[role]), row, column + place)
  }
  column += mapWidth
  column += surface.text(end < count ? " ▸" : "  ", row, column, .key)
  return column + surface.text(text, row, column, .dim)
}
