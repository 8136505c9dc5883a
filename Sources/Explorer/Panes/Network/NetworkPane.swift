import Atlases
import Canvas
import Networks
import Tensors

/// A pane on screen, and the rows its clusters are labelled in.
struct DrawnPane {
  var node: Int
  var layer: Int
  var area: CellRect
  /// Row of each cluster's label; nil for those scrolled out of sight.
  var clusterRows: [Int?]
}

/// One pane: a layer's clusters in the chosen facet.
func drawPane(
  _ slot: PaneSlot, isSelected: Bool, _ state: ExplorerState, on surface: inout Surface
) -> DrawnPane {
  let node = state.arrangement.nodes[slot.node]
  let layer = state.atlas.network.layers[node.layer]
  let digest = surface.digest(node.layer, state)
  surface.mark(slot.area, .pane(layer: node.layer))
  let far = state.arrangement.farSources(of: slot.node).count
  let inner = surface.box(
    slot.area, title: paneTitle(node, layer, width: slot.area.width - 4),
    footnote: far > 0 ? "+\(far) skip input\(far == 1 ? "" : "s")" : "", isFocused: isSelected)
  var content = CellRect(
    row: inner.row, column: inner.column + 1, height: inner.height,
    width: max(0, inner.width - 2))
  if node.group != nil, content.height >= 8 {
    let count = " · \(layer.neuronCount)"
    let used = surface.text(
      layer.name, content.row, content.column, .dim, width: content.width - count.count,
      truncation: .start)
    surface.text(count, content.row, content.column + used, .dim)
    content = content.withoutTop(1)
  }
  guard let digest, digest.statistics != nil || state.facet == .weights else {
    let used = drawStructure(layer, state, in: content, on: &surface)
    let rest = content.withoutTop(used + 1).withHeight(8)
    if let all = digest?.clusters.first, let digest, digest.kernels != nil, rest.height >= 4 {
      drawKernels(of: all, digest, layer, state, in: rest, on: &surface)
    }
    return DrawnPane(
      node: slot.node, layer: node.layer, area: slot.area,
      clusterRows: Array(repeating: nil, count: digest?.clusters.count ?? 0))
  }
  let rows = drawClusterBlocks(
    digest, layer, isSelected: isSelected, state, in: content, on: &surface)
  return DrawnPane(node: slot.node, layer: node.layer, area: slot.area, clusterRows: rows)
}

/// `layer1 · 16 (6 convs)`, or as much of it as fits.
private func paneTitle(_ node: PaneNode, _ layer: Layer, width: Int) -> String {
  let count = node.layers.count
  let unit = layer.kind == .dense ? "layers" : "convs"
  let neurons = " · \(layer.neuronCount)"
  let endings =
    count > 1
    ? ["\(neurons) (\(count) \(unit))", "\(neurons) (\(count))", " (\(count))"] : [neurons]
  let room = width - cellWidth(of: node.title)
  let ending = endings.first { cellWidth(of: $0) <= room } ?? endings[endings.count - 1]
  let nameWidth = max(1, width - cellWidth(of: ending))
  return truncated(node.title, to: nameWidth, count > 1 ? .end : .start) + ending
}

/// The clusters one under the other; returns the row of each one's label.
private func drawClusterBlocks(
  _ digest: LayerDigest, _ layer: Layer, isSelected: Bool, _ state: ExplorerState,
  in area: CellRect, on surface: inout Surface
) -> [Int?] {
  let count = digest.clusters.count
  var rows: [Int?] = Array(repeating: nil, count: count)
  guard count > 0, area.height > 0 else { return rows }
  let height = blockHeight(count, area.height, state.facet)
  let visible = max(1, area.height / height)
  let neuron = isSelected ? state.selection.neuron : state.neuronOfLayer[digest.layer]
  let selected =
    digest.placeOfNeuron.indices.contains(neuron) ? digest.placeOfNeuron[neuron] : 0
  let start = surface.scrollStart(
    .clusters(layer: digest.layer), state, cursor: selected, count: count, visible: visible)
  for place in start..<min(count, start + visible) {
    let block = CellRect(
      row: area.row + (place - start) * height, column: area.column,
      height: min(height, area.endRow - area.row), width: area.width)
    rows[place] = block.row
    drawClusterLabel(
      digest.clusters[place], isSelected: isSelected && place == selected, state, in: block,
      on: &surface)
    surface.mark(block, .cluster(layer: digest.layer, place: place))
    let below = block.withoutTop(1)
    if below.height > 0 {
      drawFacet(digest.clusters[place], digest, layer, state, in: below, on: &surface)
    }
  }
  drawHiddenCount(start, count - start - visible, in: area, on: &surface)
  return rows
}

/// Rows each cluster gets: its label and what the facet needs below.
private func blockHeight(_ count: Int, _ height: Int, _ facet: Facet) -> Int {
  let limits: ClosedRange<Int> =
    switch facet {
    case .features: 3...12
    case .weights: 3...8
    case .activations: 2...11
    case .health, .contributions: 2...3
    }
  return max(1, min(height, max(limits.lowerBound, min(limits.upperBound, height / count))))
}

private func drawClusterLabel(
  _ cluster: ClusterDigest, isSelected: Bool, _ state: ExplorerState, in block: CellRect,
  on surface: inout Surface
) {
  let classes = cluster.topClasses.map(state.className).joined(separator: " ")
  let role: StyleRole = cluster.label == -1 ? .dead : .label
  surface.line(
    [
      (cluster.title, cluster.label == -1 ? .dead : .title),
      (" \(cluster.members.count)", .value), ("  \(classes)", role),
    ], block.row, block.column, width: block.width)
  if isSelected {
    let line = CellRect(
      row: block.row, column: block.column, height: 1, width: block.width)
    surface.restyle(line, .selection)
  }
}

/// How many clusters lie out of sight, at the right end of the first and last row.
private func drawHiddenCount(
  _ above: Int, _ below: Int, in area: CellRect, on surface: inout Surface
) {
  if above > 0 {
    surface.text(
      " ▴\(above)", area.row, area.column, .key, width: area.width, alignment: .trailing)
  }
  if below > 0 {
    surface.text(
      " ▾\(below)", area.endRow - 1, area.column, .key, width: area.width, alignment: .trailing)
  }
}

extension CellRect {
  /// Without its first `rows`.
  func withoutTop(_ rows: Int) -> CellRect {
    CellRect(row: row + rows, column: column, height: height - rows, width: width)
  }

  /// Without its first `columns`.
  func withoutLeft(_ columns: Int) -> CellRect {
    CellRect(row: row, column: column + columns, height: height, width: width - columns)
  }

  func withHeight(_ height: Int) -> CellRect {
    CellRect(row: row, column: column, height: min(height, self.height), width: width)
  }

  func withWidth(_ width: Int) -> CellRect {
    CellRect(row: row, column: column, height: height, width: min(width, self.width))
  }
}
