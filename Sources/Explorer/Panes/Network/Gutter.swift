import Canvas
import Tensors

/// What the gutters on screen show, for the statement under them.
struct GutterTally {
  var drawn = 0.0
  var total = 0.0
  var hasWeights = false
  var hasAlike = false

  /// What the edges are and how much of them is drawn.
  func text(isBrief: Bool) -> [(String, StyleRole)] {
    guard total > 0 else { return [] }
    let share = NumberText.percent(drawn / total, 0)
    let unit = hasWeights ? "|weight|" : "|correlation|"
    let what =
      hasWeights && hasAlike
      ? "weights, ≈ alike profiles" : hasWeights ? "weights" : "≈ alike class profiles"
    return [
      ("edges: \(isBrief ? "" : "\(what), ")", .dim), (share, .value),
      (isBrief ? " of \(unit)" : " of \(unit) drawn", .dim),
    ]
  }
}

/// The edges between two neighbouring columns.
func drawGutters(
  from sources: [DrawnPane], to targets: [DrawnPane], _ state: ExplorerState,
  _ tally: inout GutterTally, on surface: inout Surface
) {
  var wires: [Wire] = []
  for target in targets {
    for source in sources {
      let edge = PaneEdge(source: source.node, target: target.node)
      guard state.arrangement.edges.contains(edge) else { continue }
      wires += gutterWires(source, target, state, &tally, on: &surface)
    }
  }
  let shown = untangled(wires)
  tally.drawn += shown.reduce(0) { $0 + $1.weight }
  drawWires(shown, on: &surface)
}

/// The strongest wires, no more bends than there are channels for them to turn in; a pair of
/// panes keeps one wire at least.
private func untangled(_ wires: [Wire]) -> [Wire] {
  let order = wires.indices.sorted {
    (wires[$1].strength, $0) < (wires[$0].strength, $1)
  }
  var kept: [Int] = []
  var pairs: Set<GutterKey> = []
  var bends = 0
  for index in order {
    let wire = wires[index]
    let isBent = wire.start.row != wire.end.row
    let isFirst = pairs.insert(wire.pair).inserted
    let channels = wire.end.column - wire.start.column - 1
    guard isFirst || !isBent || bends < channels else { continue }
    bends += isBent ? 1 : 0
    kept.append(index)
  }
  return kept.sorted().map { wires[$0] }
}

/// A line through a gutter.
private struct Wire {
  var start: CellPoint
  var end: CellPoint
  /// Share of the strongest link of its gutter, 0…1.
  var strength: Double
  var isNegative: Bool
  var touchesSelection: Bool
  var weight = 0.0
  /// The layers it connects.
  var pair: GutterKey
}

private func gutterWires(
  _ source: DrawnPane, _ target: DrawnPane, _ state: ExplorerState, _ tally: inout GutterTally,
  on surface: inout Surface
) -> [Wire] {
  let left = source.area.endColumn
  let right = target.area.column - 1
  let key = GutterKey(source: source.layer, target: target.layer)
  let edges = surface.gutter(key, state)
  guard let edges, !edges.links.isEmpty, right > left else {
    return [plainWire(source, target)]
  }
  let limit = max(3, min(source.clusterRows.count, target.clusterRows.count) + 2)
  let strongest = edges.links[0].weight
  var wires: [Wire] = []
  tally.total += edges.total
  if edges.measure == .weights { tally.hasWeights = true } else { tally.hasAlike = true }
  for link in edges.links {
    guard wires.count < limit, link.weight >= 0.15 * strongest else { break }
    guard source.clusterRows.indices.contains(link.source),
      target.clusterRows.indices.contains(link.target),
      let from = source.clusterRows[link.source], let to = target.clusterRows[link.target]
    else { continue }
    let isSelected =
      (source.layer == state.selection.layer && from == selectedRow(source, state))
      || (target.layer == state.selection.layer && to == selectedRow(target, state))
    wires.append(
      Wire(
        start: CellPoint(row: from, column: left), end: CellPoint(row: to, column: right),
        strength: link.weight / strongest, isNegative: link.isNegative,
        touchesSelection: isSelected, weight: link.weight, pair: key))
  }
  if edges.measure == .alike {
    surface.text("≈", source.area.row, left, .dim, width: right - left + 1, alignment: .center)
  }
  return wires.isEmpty ? [plainWire(source, target)] : wires
}

/// That two panes are connected, no more.
private func plainWire(_ source: DrawnPane, _ target: DrawnPane) -> Wire {
  Wire(
    start: CellPoint(
      row: source.area.row + source.area.height / 2, column: source.area.endColumn),
    end: CellPoint(row: target.area.row + target.area.height / 2, column: target.area.column - 1),
    strength: 0, isNegative: false, touchesSelection: false,
    pair: GutterKey(source: source.layer, target: target.layer))
}

private func selectedRow(_ pane: DrawnPane, _ state: ExplorerState) -> Int? {
  guard let digest = state.digests[pane.layer],
    digest.placeOfNeuron.indices.contains(state.selection.neuron)
  else { return nil }
  let place = digest.placeOfNeuron[state.selection.neuron]
  return pane.clusterRows.indices.contains(place) ? pane.clusterRows[place] : nil
}

/// Weak ones first, so that strong ones lie on top; each turns in a channel of its own as far
/// as there are channels.
private func drawWires(_ wires: [Wire], on surface: inout Surface) {
  let bends = wires.enumerated().filter { $0.element.start.row != $0.element.end.row }
    .sorted { ($0.element.start.row, $0.offset) < ($1.element.start.row, $1.offset) }
  var channel: [Int: Int] = [:]
  for (place, bend) in bends.enumerated() {
    let room = max(1, bend.element.end.column - bend.element.start.column - 1)
    channel[bend.offset] = 1 + place % room
  }
  let order = wires.indices.sorted {
    (wires[$0].touchesSelection ? 1 : 0, wires[$0].strength, $1)
      < (wires[$1].touchesSelection ? 1 : 0, wires[$1].strength, $0)
  }
  for index in order {
    let wire = wires[index]
    let turn = wire.start.column + (channel[index] ?? 1)
    surface.path(
      [
        wire.start, CellPoint(row: wire.start.row, column: turn),
        CellPoint(row: wire.end.row, column: turn), wire.end,
      ], lineStyle(wire), wireStyle(wire, surface.theme))
  }
}

private func lineStyle(_ wire: Wire) -> LineStyle {
  LineStyle(wire.strength > 0.5 ? .heavy : .light, dashed: wire.isNegative)
}

private func wireStyle(_ wire: Wire, _ theme: Theme) -> Style {
  if wire.strength == 0 { return theme[.edge] }
  var style = theme[wire.isNegative ? .inhibitory : .excitatory]
  if !wire.touchesSelection { style.attributes.insert(.dim) }
  return style
}
