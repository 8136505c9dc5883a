import Canvas

/// One line: which of the columns are on screen, which is selected, and what the facet is.
func drawMinimap(
  _ state: ExplorerState, _ columns: NetworkColumns, rank: Int, row: Int,
  on surface: inout Surface
) {
  let width = surface.bounds.width
  let count = state.arrangement.ranks.count
  let end = min(count, columns.start + columns.visible)
  let facet = "\(state.facet.title)"
  let facetWidth = cellWidth(of: facet)
  surface.text(facet, row, max(0, width - facetWidth), .header, width: facetWidth)
  guard count > columns.visible else {
    surface.text(
      "all \(count) columns in view", row, 0, .dim, width: max(0, width - facetWidth - 2))
    return
  }
  let text = "columns \(columns.start + 1)–\(end) of \(count)"
  let mapWidth = max(0, min(count, width - facetWidth - cellWidth(of: text) - 8))
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
  surface.text("  \(text)", row, column, .dim, width: max(0, width - facetWidth - 1 - column))
}
