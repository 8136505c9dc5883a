import Canvas
import Tensors

/// The edges between two neighbouring columns, bundled: one glyph a bicluster, lines to its
/// members, weak ones below strong ones, those of the selected cluster on top.
func drawGutters(
  from sources: [DrawnPane], to targets: [DrawnPane], _ lights: EdgeLights,
  _ state: ExplorerState, _ tally: inout GutterTally, on surface: inout Surface
) {
  guard let first = sources.first, let last = targets.first else { return }
  let rows = (sources + targets).map(\.area)
  let room = GutterRoom(
    left: first.area.endColumn, right: last.area.column - 1,
    rows: (rows.map(\.row).min() ?? 0)..<(rows.map(\.endRow).max() ?? 0))
  guard room.right > room.left else { return }
  if surface.isSurvey { return askForBundles(from: sources, to: targets, state, on: &surface) }
  var wires: [Wire] = []
  var plain: [PaneEdge] = []
  for target in targets {
    for source in sources {
      let edge = PaneEdge(source: source.node, target: target.node)
      guard state.arrangement.hasEdge(edge) else { continue }
      let found = gutterWires(source, target, lights, state, &tally, on: &surface)
      if found.isEmpty { plain.append(edge) }
      wires += found
    }
  }
  wires = plainWires(plain, sources, targets) + wires
  wires.sort {
    ($0.weight, $0.sources[0], $0.targets[0]) > ($1.weight, $1.sources[0], $1.targets[0])
  }
  let routes = routed(wires.map { ($0.sources, $0.targets) }, in: room)
  tally.drawn += routes.reduce(0) { $0 + wires[$1.bundle].weight }
  draw(routes, of: wires, in: room, on: &surface)
}

/// Asks for what the lines are drawn from; they do not change the layout.
private func askForBundles(
  from sources: [DrawnPane], to targets: [DrawnPane], _ state: ExplorerState,
  on surface: inout Surface
) {
  for target in targets where target.hasClusters {
    for source in sources
    where source.hasClusters
      && state.arrangement.hasEdge(PaneEdge(source: source.node, target: target.node))
    {
      let key = GutterKey(source: source.layer, target: target.layer)
      _ = surface.bundles(BundleKey(gutter: key, percent: state.edgePercent), state)
    }
  }
}

/// What is drawn as one net.
private struct Wire {
  /// Rows.
  var sources: [Int]
  var targets: [Int]
  /// 0 where only the connection is known.
  var weight: Double
  /// Share of the heaviest bundle of its gutter.
  var strength = 0.0
  var isNegative = false
  var isBicluster = false
  var isLit = false
}

private func gutterWires(
  _ source: DrawnPane, _ target: DrawnPane, _ lights: EdgeLights, _ state: ExplorerState,
  _ tally: inout GutterTally, on surface: inout Surface
) -> [Wire] {
  let key = GutterKey(source: source.layer, target: target.layer)
  guard source.hasClusters, target.hasClusters else { return [] }
  guard let bundles = surface.bundles(BundleKey(gutter: key, percent: state.edgePercent), state)
  else { return [] }
  tally.add(bundles)
  let heaviest = bundles.bundles.first?.weight ?? 0
  return bundles.bundles.compactMap { bundle in
    let from = bundle.sources.compactMap { source.row(of: $0) }
    let to = bundle.targets.compactMap { target.row(of: $0) }
    guard !from.isEmpty, !to.isEmpty else { return nil }
    return Wire(
      sources: from, targets: to, weight: bundle.weight, strength: bundle.weight / heaviest,
      isNegative: bundle.isNegative, isBicluster: bundle.isBicluster,
      isLit: lights.isLit(bundle, of: key))
  }
}

/// Connections without known weights: targets fed by the same panes share a net.
private func plainWires(
  _ edges: [PaneEdge], _ sources: [DrawnPane], _ targets: [DrawnPane]
) -> [Wire] {
  var wires: [Wire] = []
  var places: [[Int]: Int] = [:]
  for target in targets {
    let from = sources.filter {
      edges.contains(PaneEdge(source: $0.node, target: target.node))
    }.map(\.middleRow)
    guard !from.isEmpty else { continue }
    if let place = places[from] {
      wires[place].targets.append(target.middleRow)
    } else {
      places[from] = wires.count
      wires.append(Wire(sources: from, targets: [target.middleRow], weight: 0))
    }
  }
  return wires
}

private func draw(
  _ routes: [BundleRoute], of wires: [Wire], in room: GutterRoom, on surface: inout Surface
) {
  let order = routes.indices.sorted {
    let (one, other) = (wires[routes[$0].bundle], wires[routes[$1].bundle])
    return (one.isLit ? 1 : 0, one.weight, $1) < (other.isLit ? 1 : 0, other.weight, $0)
  }
  var nets = LineNets()
  for index in order {
    let route = routes[index]
    let wire = wires[route.bundle]
    let hub = CellPoint(row: route.hub, column: room.middle)
    nets.draw(
      LineNet(
        paths: route.paths(room),
        line: LineStyle(wire.strength > 0.5 ? .heavy : .light, dashed: wire.isNegative),
        style: style(wire, surface.theme), ends: Set(route.sources + route.targets),
        passesOverAll: true,
        hub: wire.isBicluster ? (hub, wire.isNegative ? "◦" : "▪") : nil), on: &surface)
  }
}

private func style(_ wire: Wire, _ theme: Theme) -> Style {
  if wire.weight == 0 { return theme[.edge] }
  var style = theme[wire.isNegative ? .inhibitory : .excitatory]
  style.attributes.insert(wire.isLit ? .bold : .dim)
  return style
}

extension DrawnPane {
  fileprivate var middleRow: Int { area.row + area.height / 2 }

  fileprivate var hasClusters: Bool { clusterRows.contains { $0 != nil } }

  /// Row of a cluster's label.
  fileprivate func row(of place: Int) -> Int? {
    clusterRows.indices.contains(place) ? clusterRows[place] : nil
  }
}
