import Canvas

/// Widths and places of the columns of panes that are on screen.
struct NetworkColumns {
  /// First rank shown.
  var start: Int
  var paneWidth: Int
  var gutterWidth: Int
  var visible: Int
  var left: Int

  /// As many columns as can be read, spread over the width.
  static func visibleCount(_ count: Int, width: Int, _ zoom: NetworkZoom) -> Int {
    let gutter = narrowestGutter(width)
    return max(1, min(count, (width + gutter) / (zoom.narrowestPane + gutter)))
  }

  init(start: Int, count: Int, in area: CellRect, _ zoom: NetworkZoom) {
    self.start = start
    visible = NetworkColumns.visibleCount(count, width: area.width, zoom)
    let gutters = visible - 1
    var gutter = gutters > 0 ? NetworkColumns.narrowestGutter(area.width) : 0
    var pane = (area.width - gutters * gutter) / visible
    if gutters > 0, pane > 28 {
      gutter = min(16, gutter + (pane - 28) * visible / gutters / 3)
      pane = (area.width - gutters * gutter) / visible
    }
    paneWidth = max(1, min(pane, zoom.widestPane))
    gutterWidth = gutter
    if gutters > 0 {
      gutterWidth = max(gutter, min(26, (area.width - visible * paneWidth) / gutters))
    }
    left = area.column
  }

  func column(of rank: Int) -> Int { left + (rank - start) * (paneWidth + gutterWidth) }

  private static func narrowestGutter(_ width: Int) -> Int { width < 60 ? 5 : 9 }
}

/// Where the panes of one column lie.
struct PaneSlot {
  var node: Int
  var area: CellRect
}

/// Stacks a column's panes; where they don't all fit, a run of them that holds `selected`.
///
/// - Returns: The slots, and how many panes lie above and below.
func stackedSlots(
  _ nodes: [Int], selected: Int?, column: Int, width: Int, in area: CellRect
) -> (slots: [PaneSlot], above: Int, below: Int) {
  let smallest = 5
  let fit = max(1, min(nodes.count, area.height / smallest))
  let at = selected.flatMap { nodes.firstIndex(of: $0) } ?? 0
  let first = max(0, min(at - fit / 2, nodes.count - fit))
  let slots = (0..<fit).map { place in
    let top = area.row + place * area.height / fit
    let end = area.row + (place + 1) * area.height / fit
    return PaneSlot(
      node: nodes[first + place],
      area: CellRect(row: top, column: column, height: end - top, width: width))
  }
  return (slots, first, nodes.count - first - fit)
}
