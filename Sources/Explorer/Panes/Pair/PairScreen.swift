import Canvas
import Networks
import Tensors

/// Which clusters and neurons tell two classes apart.
func drawPair(_ state: ExplorerState, in area: CellRect, on surface: inout Surface) {
  let pair = state.selectedPair
  let counts = state.pairDigest?.imageCounts ?? (0, 0)
  surface.line(
    [
      ("\(state.className(pair.first)) or \(state.className(pair.second))", .header),
      (" · what tells them apart", .label),
      (" · \(imageCounts(counts)) · d of the spatial mean", .dim),
    ], area.row, area.column, width: area.width)
  let body = area.withoutTop(1)
  let left = body.withWidth(body.width / 2)
  let right = body.withoutLeft(left.width)
  drawPairClusters(state, in: left, on: &surface)
  drawPairNeurons(state, in: right, on: &surface)
  surface.readout = [
    ("d", .key), (": class means apart, in spreads", .label),
    (" · + more for \(state.className(pair.first))", .excitatory),
    (" · − more for \(state.className(pair.second))", .inhibitory),
  ]
}

private func imageCounts(_ counts: (first: Int, second: Int)) -> String {
  "\(NumberText.grouped(counts.first)) and \(NumberText.counted(counts.second, "image"))"
}

private func drawPairClusters(
  _ state: ExplorerState, in area: CellRect, on surface: inout Surface
) {
  let clusters = state.shownPairClusters
  let inner = surface.box(
    area, title: NumberText.counted(clusters.count, "cluster"),
    badge: "mean |d|, \(state.isPairReversed ? "least" : "most") first",
    isFocused: state.place.focus == 0)
  surface.mark(area, .part(0))
  let start = surface.scrollStart(
    .pairClusters, state, cursor: state.selection.item, count: clusters.count,
    visible: inner.height)
  let peak = max(0.8, (clusters.map(\.strength).max() ?? 0))
  for offset in 0..<max(0, min(inner.height, clusters.count - start)) {
    let cluster = clusters[start + offset]
    let letter = state.digests[cluster.layer]?.clusters[cluster.place].title ?? ""
    drawPairRow(
      PairRow(
        name: "\(state.layerName(cluster.layer)):\(letter)", value: cluster.strength,
        share: cluster.strength / peak, isSigned: false,
        isSelected: start + offset == state.selection.item && state.place.focus == 0),
      in: CellRect(
        row: inner.row + offset, column: inner.column, height: 1, width: inner.width),
      on: &surface)
    surface.mark(
      CellRect(row: inner.row + offset, column: inner.column, height: 1, width: inner.width),
      .item(start + offset), part: 0)
  }
}

private func drawPairNeurons(
  _ state: ExplorerState, in area: CellRect, on surface: inout Surface
) {
  let neurons = state.shownPairNeurons
  let inner = surface.box(
    area, title: neuronsText(neurons.count),
    badge: "d, \(state.isPairReversed ? "least" : "most") first",
    isFocused: state.place.focus == 1)
  surface.mark(area, .part(1))
  let start = surface.scrollStart(
    .pairNeurons, state, cursor: state.selection.link, count: neurons.count,
    visible: inner.height)
  let peak = max(0.8, neurons.lazy.map(\.effect.magnitude).filter(\.isFinite).max() ?? 0)
  for offset in 0..<max(0, min(inner.height, neurons.count - start)) {
    let neuron = neurons[start + offset]
    let line = CellRect(
      row: inner.row + offset, column: inner.column, height: 1, width: inner.width)
    drawPairRow(
      PairRow(
        name: "\(state.layerName(neuron.layer)):\(neuron.neuron)", value: neuron.effect,
        share: max(-1, min(1, neuron.effect / peak)), isSigned: true,
        isSelected: start + offset == state.selection.link && state.place.focus == 1),
      in: line, on: &surface)
    surface.mark(line, .link(start + offset), part: 1)
  }
}

private struct PairRow {
  var name: String
  var value: Double
  /// Of the longest bar, -1…1.
  var share: Double
  var isSigned: Bool
  var isSelected: Bool
}

private func drawPairRow(_ row: PairRow, in line: CellRect, on surface: inout Surface) {
  let nameWidth = max(8, line.width / 2)
  surface.text(
    row.name, line.row, line.column + 1, .label, width: nameWidth - 1, truncation: .start)
  let barWidth = max(0, line.width - nameWidth - 9)
  if row.isSigned {
    surface.signedBar(row.share, line.row, line.column + nameWidth + 1, width: barWidth)
  } else {
    surface.bar(row.share, line.row, line.column + nameWidth + 1, width: barWidth, .progress)
  }
  let value = row.value.isFinite ? NumberText.fixed(row.value, 2) : row.value > 0 ? "∞" : "-∞"
  surface.text(
    value, line.row, line.column, .value, width: max(0, line.width - 1), alignment: .trailing)
  if row.isSelected { surface.restyle(line.withWidth(nameWidth), .selection) }
}
