import Atlases
import Canvas
import Networks
import Tensors

/// The whole network: panes of clusters from left to right, edges between them, skip lanes under
/// them; or a map of it.
func drawNetwork(_ state: ExplorerState, in area: CellRect, on surface: inout Surface) {
  let arrangement = state.arrangement
  guard let node = arrangement.node(showing: state.selection.layer) else { return }
  let body = area.withHeight(area.height - 1)
  var tally = GutterTally()
  var shown = 0..<arrangement.ranks.count
  if state.networkZoom == .all {
    drawOverview(state, in: body, on: &surface)
  } else {
    shown = drawColumns(node, state, in: body, &tally, on: &surface)
  }
  for step in state.classPath?.steps ?? [] {
    surface.askForInfluence(of: state.gutters(into: step.layer), state)
  }
  guard !surface.isSurvey else { return }
  drawMinimap(
    state, shown, tally, rank: arrangement.nodes[node].rank, row: area.endRow - 1, on: &surface)
  surface.readout = networkReadout(state)
  if let note = state.influenceNote(surface.survey.influences) {
    surface.readout.insert((" · \(note)", .warning), at: min(2, surface.readout.count))
  }
}

/// The columns that can be read; returns which they are.
private func drawColumns(
  _ node: Int, _ state: ExplorerState, in body: CellRect, _ tally: inout GutterTally,
  on surface: inout Surface
) -> Range<Int> {
  let arrangement = state.arrangement
  let ranks = arrangement.ranks
  let visible = NetworkColumns.visibleCount(ranks.count, width: body.width, state.networkZoom)
  let start = surface.scrollStart(
    .networkColumns, state, cursor: arrangement.nodes[node].rank, count: ranks.count,
    visible: visible)
  let shown = start..<min(ranks.count, start + visible)
  let columns = NetworkColumns(start: start, count: ranks.count, in: body, state.networkZoom)
  let strip = LaneStrip(arrangement.lanes, ranks: shown, most: min(4, body.height / 6))
  let panes = body.withHeight(body.height - strip.height)
  let lights = EdgeLights(state, ranks: shown, on: &surface)
  var drawn: [[DrawnPane]] = []
  for rank in shown {
    let stack = stackedSlots(
      ranks[rank], selected: node, column: columns.column(of: rank), width: columns.paneWidth,
      in: panes)
    var column: [DrawnPane] = []
    for slot in stack.slots {
      column.append(
        drawPane(slot, isSelected: slot.node == node, lights, state, on: &surface))
    }
    drawHiddenPanes(stack.above, stack.below, column, on: &surface)
    drawn.append(column)
  }
  strip.draw(
    drawn, first: start, state, in: body.withoutTop(panes.height), on: &surface)
  for (before, after) in zip(drawn, drawn.dropFirst()) {
    drawGutters(from: before, to: after, lights, state, &tally, on: &surface)
  }
  return shown
}

/// Branches out of sight, on the frames of the first and the last one drawn.
private func drawHiddenPanes(
  _ above: Int, _ below: Int, _ column: [DrawnPane], on surface: inout Surface
) {
  guard let first = column.first?.area, let last = column.last?.area else { return }
  if above > 0 {
    surface.text(
      " ▴\(branchesText(above)) ", first.row, first.column + 1, .key, width: first.width - 3,
      alignment: .trailing)
  }
  if below > 0 {
    surface.text(
      " ▾\(branchesText(below)) ", last.endRow - 1, last.column + 1, .key, width: last.width - 3,
      alignment: .trailing)
  }
}

private func branchesText(_ count: Int) -> String {
  NumberText.counted(count, "branch", "branches")
}

/// What the selected cluster is, or where a path to a class is.
private func networkReadout(_ state: ExplorerState) -> [(String, StyleRole)] {
  guard let layer = state.layer else { return [] }
  if let path = state.classPath { return pathReadout(path, state) }
  guard let digest = state.digest, digest.statistics != nil, let cluster = state.cluster else {
    return [("\(layer.name)  ", .value), (state.absence, .warning)]
  }
  if state.facet == .contributions { return state.contributionReadout }
  let classes = cluster.topClasses.map(state.className).joined(separator: ", ")
  var pieces: [(String, StyleRole)] = [
    ("\(layer.name):\(cluster.letter)", .value),
    (" \(neuronsText(cluster.members.count))", .label),
  ]
  if let pinned = state.pinned {
    let what = state.facet == .activations ? "last column" : "+ s.d."
    pieces.append((" · \(what): \(pinned.found == nil ? "running…" : pinned.basisText)", .key))
  }
  if state.facet == .features {
    let place = digest.placeOfNeuron[state.selection.neuron]
    pieces.append((" · \(state.importanceText(digest, place: place))", .dim))
  }
  if state.facet == .activations {
    pieces.append((" · \(state.statistic.title), \(scaleText(state))", .label))
  } else if !classes.isEmpty {
    pieces.append((" · strongest for \(classes)", .label))
  }
  return pieces
}

/// `path to frog, step 3 of 8: conv2:B, 31 % of its |weight| from conv1:A, inhibitory`.
private func pathReadout(
  _ path: ClassPath, _ state: ExplorerState
) -> [(String, StyleRole)] {
  guard path.steps.indices.contains(path.at) else { return [] }
  let step = path.steps[path.at]
  let source = path.at > 0 ? state.clusterAddress(path.steps[path.at - 1]) : "the input"
  let measure = step.influenceImages.map { "influence, \(NumberText.counted($0, "image"))," }
  return [
    ("strongest path to \(state.className(path.classIndex))", .value),
    (", step \(path.at + 1) of \(path.steps.count): ", .label),
    (state.clusterAddress(step), .value),
    (
      ", \(NumberText.percent(step.share, 0)) of its \(measure ?? "|weight|") from \(source)",
      .label
    ),
    (
      step.isNegative ? ", inhibitory" : ", excitatory", step.isNegative ? .inhibitory : .excitatory
    ),
    (" · p next, Esc ends", .dim),
  ]
}

/// `1 neuron`, `7 neurons`.
func neuronsText(_ count: Int) -> String {
  NumberText.counted(count, "neuron")
}

/// What the ends of the colours stand for.
func scaleText(_ state: ExplorerState) -> String {
  state.heatScale == .row ? "each row to its own peak" : "one scale for the layer"
}
