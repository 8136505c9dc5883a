import Atlases
import Canvas
import Networks
import Tensors

/// The whole network as a map: columns from left to right in as many bands as it takes, a mark a
/// pane as high as it has neurons, skip lanes under them.
func drawOverview(_ state: ExplorerState, in area: CellRect, on surface: inout Surface) {
  let map = OverviewMap(state, in: area)
  guard let node = state.arrangement.node(showing: state.selection.layer) else { return }
  let rank = state.arrangement.nodes[node].rank
  let visible = max(1, area.height / map.bandHeight)
  let start = surface.scrollStart(
    .networkBands, state, cursor: rank / map.perBand, count: map.bandCount, visible: visible)
  for band in start..<min(map.bandCount, start + visible) {
    let place = CellRect(
      row: area.row + (band - start) * map.bandHeight, column: area.column,
      height: map.bandHeight, width: area.width)
    map.draw(band, selected: node, state, in: place, on: &surface)
  }
}

/// How the map is laid out.
private struct OverviewMap {
  /// Cells a column takes.
  var pitch: Int
  var perBand: Int
  var bandCount: Int
  /// Panes in the fullest column, and rows for lanes.
  var stack: Int
  var laneRows: Int

  /// A line of names, the panes, the lanes, and a blank.
  var bandHeight: Int { 2 + stack + laneRows }

  init(_ state: ExplorerState, in area: CellRect) {
    let ranks = state.arrangement.ranks
    stack = max(1, ranks.map(\.count).max() ?? 1)
    laneRows = min(3, (state.arrangement.lanes.map(\.row).max() ?? -1) + 1)
    let height = 2 + stack + laneRows
    let fit = [10, 8, 6, 5, 4, 3].first { pitch in
      let perBand = max(1, area.width / pitch)
      return (ranks.count + perBand - 1) / perBand * height <= area.height
    }
    pitch = fit ?? 3
    perBand = max(1, area.width / pitch)
    bandCount = max(1, (ranks.count + perBand - 1) / perBand)
  }

  func draw(
    _ band: Int, selected: Int, _ state: ExplorerState, in area: CellRect,
    on surface: inout Surface
  ) {
    let arrangement = state.arrangement
    let ranks = band * perBand..<min(arrangement.ranks.count, (band + 1) * perBand)
    drawNames(ranks, state, in: area.withHeight(1), on: &surface)
    for rank in ranks {
      let column = area.column + (rank - ranks.lowerBound) * pitch
      let isLast = rank + 1 == arrangement.ranks.count
      for (place, node) in arrangement.ranks[rank].enumerated() {
        let cell = CellRect(row: area.row + 1 + place, column: column, height: 1, width: pitch)
        if !isLast, arrangement.leadsOn(node) {
          let wires = CellRect(row: cell.row, column: column + 1, height: 1, width: pitch - 1)
          for offset in 0..<wires.width {
            surface.put(Cell("─", surface.theme[.border]), wires.row, wires.column + offset)
          }
        }
        drawMark(node, isSelected: node == selected, state, cell, on: &surface)
      }
    }
    drawLanes(ranks, selected, state, in: area.withoutTop(1 + stack), on: &surface)
  }

  private func drawMark(
    _ node: Int, isSelected: Bool, _ state: ExplorerState, _ cell: CellRect,
    on surface: inout Surface
  ) {
    let pane = state.arrangement.nodes[node]
    let neurons = state.atlas.network.layers[pane.layer].neuronCount
    let levels: [Unicode.Scalar] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    // From 8 neurons to 1024 and more.
    let level = max(0, min(7, neurons.bitWidth - max(1, neurons).leadingZeroBitCount - 4))
    var style = surface.theme[pane.group == nil ? .label : .link]
    style.attributes.remove(.underline)
    if isSelected { style = surface.theme[.cursor] }
    surface.put(Cell(levels[level], style), cell.row, cell.column)
    surface.mark(cell, .pane(layer: pane.layer))
  }

  /// Names of stages or of the panes, where they begin.
  private func drawNames(
    _ ranks: Range<Int>, _ state: ExplorerState, in area: CellRect, on surface: inout Surface
  ) {
    var free = area.column
    for rank in ranks {
      guard let node = state.arrangement.ranks[rank].first else { continue }
      let pane = state.arrangement.nodes[node]
      let name = state.stageName(ofLayer: pane.layers[0])
      let before =
        rank > ranks.lowerBound
        ? state.arrangement.ranks[rank - 1].first.map {
          state.stageName(ofLayer: state.arrangement.nodes[$0].layers[0])
        } : nil
      let column = area.column + (rank - ranks.lowerBound) * pitch
      guard name != before, column >= free, column < area.endColumn else { continue }
      let next = ranks.first { other in
        guard other > rank, let first = state.arrangement.ranks[other].first else { return false }
        return state.stageName(ofLayer: state.arrangement.nodes[first].layers[0]) != name
      }
      let end = next.map { area.column + ($0 - ranks.lowerBound) * pitch - 1 } ?? area.endColumn
      free = column + surface.text(name, area.row, column, .subtitle, width: max(1, end - column))
    }
  }

  private func drawLanes(
    _ ranks: Range<Int>, _ selected: Int, _ state: ExplorerState, in area: CellRect,
    on surface: inout Surface
  ) {
    let arrangement = state.arrangement
    for lane in arrangement.lanes where lane.row < laneRows {
      let from = max(lane.first, ranks.lowerBound)
      let to = min(lane.last + 1, ranks.upperBound - 1)
      guard lane.first < ranks.upperBound, lane.last + 1 >= ranks.lowerBound, to >= from else {
        continue
      }
      let isLit = lane.sources.contains(selected) || lane.targets.contains(selected)
      let style = surface.theme[isLit ? .focusBorder : .edge]
      let row = area.row + lane.row
      let place = { (rank: Int) in area.column + (rank - ranks.lowerBound) * pitch }
      let start = lane.first < ranks.lowerBound ? area.column : place(from)
      let end = lane.last + 1 >= ranks.upperBound ? place(to) + pitch - 1 : place(to)
      for column in start...max(start, end) { surface.put(Cell("═", style), row, column) }
      for rank in from...to {
        let nodes = arrangement.ranks[rank]
        let joins = nodes.contains(where: lane.sources.contains)
        let taps = nodes.contains(where: lane.targets.contains)
        guard joins || taps else { continue }
        let isTapped = surface.grid[row, place(rank)].glyph == "▴"
        let glyph: Unicode.Scalar = joins ? (taps || isTapped ? "╩" : "╧") : "▴"
        surface.put(Cell(glyph, style), row, place(rank))
      }
    }
  }
}

extension NetworkArrangement {
  /// Whether a pane feeds one in the next column.
  fileprivate func leadsOn(_ node: Int) -> Bool {
    let rank = nodes[node].rank
    return ranks.indices.contains(rank + 1)
      && ranks[rank + 1].contains { hasEdge(PaneEdge(source: node, target: $0)) }
  }
}

extension ExplorerState {
  /// The stage a layer belongs to; empty where it is in none.
  func stageName(ofLayer layer: Int) -> String {
    let stage = atlas.network.stages.first { $0.layers.contains { $0.index == layer } }
    return stage?.name ?? ""
  }
}
