import Analysis
import Canvas
import Networks
import Tensors

/// What a cluster shows of itself under its label; returns what its label is to add.
func drawFacet(
  _ cluster: ClusterDigest, _ digest: LayerDigest, _ layer: Layer, _ state: ExplorerState,
  in area: CellRect, on surface: inout Surface
) -> String {
  switch state.facet {
  case .features: return drawFeatures(cluster, digest, layer, state, in: area, on: &surface)
  case .contributions: drawContributionBlock(cluster, digest, state, in: area, on: &surface)
  case .activations: drawMiniHeatmap(cluster, digest, state, in: area, on: &surface)
  case .weights: return drawKernels(of: cluster, digest, layer, state, in: area, on: &surface)
  case .health: drawHealth(cluster, digest, in: area, on: &surface)
  }
  return ""
}

/// The strongest patch of each neuron, sized by importance; returns how many found no room.
private func drawFeatures(
  _ cluster: ClusterDigest, _ digest: LayerDigest, _ layer: Layer, _ state: ExplorerState,
  in area: CellRect, on surface: inout Surface
) -> String {
  guard digest.statistics != nil, cluster.label != -1, let first = cluster.members.first else {
    surface.text("never above 0", area.row, area.column, .dead, width: area.width)
    return ""
  }
  let key = PackingKey(
    layer: digest.layer, cluster: digest.placeOfNeuron[first], importance: state.importance,
    room: ScreenSize(height: area.height, width: area.width))
  let page = drawPackedFeatures(
    key, digest, layer, FeatureLook(), state, in: area, on: &surface)
  guard let page, page.hidden > 0 else { return "" }
  return "+\(page.hidden)"
}

/// The cluster's neurons × classes, members binned into the rows there are.
private func drawMiniHeatmap(
  _ cluster: ClusterDigest, _ digest: LayerDigest, _ state: ExplorerState, in area: CellRect,
  on surface: inout Surface
) {
  guard let range = digest.scales[state.statistic], digest.classCount > 0,
    let first = cluster.members.first
  else { return }
  let order = state.classOrder(digest)
  let pinned = PinnedColumn(
    digest, state, room: area.width, classCount: order.count, widest: 2, on: &surface)
  let columns = HeatColumns(order.count, width: area.width - (pinned?.room ?? 0))
  let room = max(1, area.height - (area.height > 2 ? 1 : 0))
  let key = HeatKey(
    layer: digest.layer, cluster: digest.placeOfNeuron[first], statistic: state.statistic,
    scale: state.heatScale, usesLabelOrder: state.usesLabelOrder,
    room: ScreenSize(height: room, width: columns.bins.count))
  guard let heat = surface.heat(key, state), !surface.isSurvey else { return }
  let paint = HeatPaint(range, state.heatScale, surface.theme)
  let rowHeight = max(1, min(2, room / max(1, heat.rows.count)))
  for (at, row) in heat.rows.enumerated() {
    let cells = heat.shares[at].map(paint.heatmap.cell)
    let pinnedCell = pinned.map { paint.heatmap.cell($0.share(cluster.members[row], paint)) }
    for y in area.row + at * rowHeight..<area.row + (at + 1) * rowHeight {
      for (place, cell) in cells.enumerated() {
        let left = area.column + place * columns.cellsPerBin
        for x in left..<left + columns.cellsPerBin { surface.put(cell, y, x) }
      }
      guard let pinned, let pinnedCell else { continue }
      let left = area.column + columns.width + 1
      for x in left..<left + pinned.width { surface.put(pinnedCell, y, x) }
    }
  }
}

/// Dead, rare, duplicate, saturated and broken neurons, and how often the cluster fires.
private func drawHealth(
  _ cluster: ClusterDigest, _ digest: LayerDigest, in area: CellRect,
  on surface: inout Surface
) {
  guard digest.isFilled else { return }
  let firing = cluster.profiles[.firing] ?? []
  let share = firing.isEmpty ? 0 : Double(firing.reduce(0, +)) / Double(firing.count)
  var pieces: [(String, StyleRole)] = []
  if cluster.deadCount > 0 { pieces.append(("\(cluster.deadCount) dead ", .bad)) }
  if cluster.rareCount > 0 { pieces.append(("\(cluster.rareCount) rare ", .warning)) }
  if cluster.duplicateCount > 0 {
    pieces.append(("\(cluster.duplicateCount) dup ", .warning))
  }
  if cluster.saturatedCount > 0 {
    pieces.append(("\(cluster.saturatedCount) saturated ", .warning))
  }
  if cluster.nonFiniteCount > 0 { pieces.append(("\(cluster.nonFiniteCount) NaN ", .bad)) }
  if pieces.isEmpty, area.width >= 22 { pieces.append(("healthy ", .good)) }
  pieces.append(("fires at \(NumberText.percent(share, 0))", .dim))
  surface.line(pieces, area.row, area.column, width: area.width)
  if area.height > 1 { surface.bar(share, area.row + 1, area.column, width: area.width, .progress) }
}

/// Shares of a layer's neurons in poor health, as the pane's header on the health facet.
func healthHeader(_ digest: LayerDigest) -> [(String, StyleRole)] {
  guard digest.isFilled else { return [] }
  let total = Double(max(1, digest.neuronCount))
  let parts: [(String, KeyPath<ClusterDigest, Int>, StyleRole)] = [
    ("dead", \.deadCount, .bad), ("rare", \.rareCount, .warning),
    ("sat", \.saturatedCount, .warning), ("dup", \.duplicateCount, .warning),
    ("NaN", \.nonFiniteCount, .bad),
  ]
  let pieces = parts.compactMap { name, count, role -> (String, StyleRole)? in
    let sum = digest.clusters.reduce(0) { $0 + $1[keyPath: count] }
    guard sum > 0 else { return nil }
    return ("\(max(1, Int((100 * Double(sum) / total).rounded())))% \(name) ", role)
  }
  return pieces.isEmpty ? [("none idle", .good)] : pieces
}
