import Canvas
import Tensors

/// One line: which of the columns are on screen, which is selected, what the edges are and how
/// many of them show, and what the facet is.
func drawMinimap(
  _ state: ExplorerState, _ shown: Range<Int>, _ tally: GutterTally, rank: Int, row: Int,
  on surface: inout Surface
) {
  let isMap = state.networkZoom == .all
  let facet = isMap ? "▁ few █ many neurons · skip lanes: ╧ in ▴ out ╩ both" : state.facet.title
  let width = surface.bounds.width
  let facetWidth = cellWidth(of: facet)
  let room = width - facetWidth - 2
  surface.text(facet, row, max(0, width - facetWidth), isMap ? .dim : .header)
  let column = drawColumnMap(state, shown, rank: rank, row: row, on: &surface)
  let statement = tally.text(percent: state.edgePercent, width: room - column - 3)
  let needed = statement.reduce(0) { $0 + cellWidth(of: $1.0) }
  guard !statement.isEmpty, column + 3 + needed <= room else { return }
  let end = column + surface.text(" · ", row, column, .dim)
  surface.line(statement, row, end, width: room - end)
}

/// The columns, those in view told apart; returns the columns of text it took.
private func drawColumnMap(
  _ state: ExplorerState, _ shown: Range<Int>, rank: Int, row: Int, on surface: inout Surface
) -> Int {
  let count = state.arrangement.ranks.count
  guard count > shown.count else {
    return surface.text(
      count == 1 ? "one column" : "all \(NumberText.counted(count, "column")) in view", row, 0, .dim
    )
  }
  let range =
    shown.count == 1 ? "\(shown.lowerBound + 1)" : "\(shown.lowerBound + 1)–\(shown.upperBound)"
  let unit = surface.bounds.width < 100 ? "" : " columns"
  let text = " \(range) of \(count)\(unit)"
  let mapWidth = max(0, min(count, surface.bounds.width / 4 - 4))
  var column = surface.text(shown.lowerBound > 0 ? "◂ " : "  ", row, 0, .key)
  for (place, bin) in evenBins(count, into: mapWidth).enumerated() {
    let isVisible = bin.overlaps(shown)
    let isSelected = bin.contains(rank)
    let glyph: Unicode.Scalar = isSelected ? "█" : isVisible ? "▪" : "·"
    let role: StyleRole = isSelected ? .key : isVisible ? .value : .dim
    surface.put(Cell(glyph, surface.theme[role]), row, column + place)
  }
  column += mapWidth
  column += surface.text(shown.upperBound < count ? " ▸" : "  ", row, column, .key)
  return column + surface.text(text, row, column, .dim)
}
