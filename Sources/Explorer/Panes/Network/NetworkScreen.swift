import Atlases
import Canvas
import Networks
import Tensors

/// The whole network: panes of clusters from left to right, edges between them.
func drawNetwork(_ state: ExplorerState, in area: CellRect, on surface: inout Surface) {
  let arrangement = state.arrangement
  guard let node = arrangement.node(showing: state.selection.layer) else { return }
  let ranks = arrangement.ranks
  let rank = ranks.firstIndex { $0.contains(node) } ?? 0
  let body = CellRect(
    row: area.row, column: area.column, height: area.height - 1, width: area.width)
  let visible = NetworkColumns.visibleCount(ranks.count, width: body.width)
  let start = surface.scrollStart(
    .networkColumns, state, cursor: rank, count: ranks.count, visible: visible)
  let columns = NetworkColumns(start: start, count: ranks.count, in: body)
  var tally = GutterTally()
  var before: [DrawnPane] = []
  for shown in start..<min(ranks.count, start + visible) {
    let stack = stackedSlots(
      ranks[shown], selected: node, column: columns.column(of: shown),
      width: columns.paneWidth, in: body)
    var drawn: [DrawnPane] = []
    for slot in stack.slots {
      drawn.append(drawPane(slot, isSelected: slot.node == node, state, on: &surface))
    }
    drawGutters(from: before, to: drawn, state, &tally, on: &surface)
    before = drawn
  }
  drawMinimap(state, columns, tally, rank: rank, row: area.endRow - 1, on: &surface)
  surface.readout = networkReadout(state)
}

/// What the selected cluster is.
private func networkReadout(_ state: ExplorerState) -> [(String, StyleRole)] {
  guard let layer = state.layer else { return [] }
  guard let digest = state.digest, digest.statistics != nil, let cluster = state.cluster else {
    return [("\(layer.name)  ", .value), (state.absence, .warning)]
  }
  let classes = cluster.topClasses.map(state.className).joined(separator: ", ")
  var pieces: [(String, StyleRole)] = [
    ("\(layer.name):\(cluster.letter)", .value),
    (" \(neuronsText(cluster.members.count))", .label),
  ]
  if state.facet == .activations {
    pieces.append((" · \(state.statistic.title), \(scaleText(state))", .label))
  } else if !classes.isEmpty {
    pieces.append((" · strongest for \(classes)", .label))
  }
  return pieces
}

/// `1 neuron`, `7 neurons`.
func neuronsText(_ count: Int) -> String {
  count == 1 ? "1 neuron" : "\(NumberText.grouped(count)) neurons"
}

/// What the ends of the colours stand for.
func scaleText(_ state: ExplorerState) -> String {
  state.heatScale == .row ? "each row to its own peak" : "one scale for the layer"
}
