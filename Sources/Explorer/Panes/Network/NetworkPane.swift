import Atlases
import Canvas
import Networks
import Tensors

/// A pane on screen, and the rows its clusters are labelled in.
struct DrawnPane {
  var node: Int
  var layer: Int
  /// Its column.
  var rank: Int
  var area: CellRect
  /// Row of each cluster's label; nil for those scrolled out of sight.
  var clusterRows: [Int?]
}

/// One pane: a layer's clusters in the chosen facet.
func drawPane(
  _ slot: PaneSlot, isSelected: Bool, _ lights: EdgeLights, _ state: ExplorerState,
  on surface: inout Surface
) -> DrawnPane {
  let node = state.arrangement.nodes[slot.node]
  let layer = state.atlas.network.layers[node.layer]
  let digest = surface.digest(node.layer, state)
  surface.mark(slot.area, .pane(layer: node.layer))
  let inner = surface.box(
    slot.area, title: paneTitle(node, layer, width: slot.area.width - 4),
    isFocused: isSelected)
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
    let rest = content.withoutTop(used + 1)
    if let all = digest?.clusters.first, let digest, digest.kernels != nil, rest.height >= 4 {
      let hidden = drawKernels(of: all, digest, layer, state, in: rest, on: &surface)
      surface.text(hidden, rest.row - 1, rest.endColumn - hidden.count, .dim)
    }
    return DrawnPane(
      node: slot.node, layer: node.layer, rank: node.rank, area: slot.area,
      clusterRows: Array(repeating: nil, count: digest?.clusters.count ?? 0))
  }
  if state.facet == .health, content.height >= 4 {
    surface.line(healthHeader(digest), content.row, content.column, width: content.width)
    content = content.withoutTop(1)
  }
  let rows = drawClusterBlocks(
    digest, layer, isSelected: isSelected, lights, state, in: content, on: &surface)
  return DrawnPane(
    node: slot.node, layer: node.layer, rank: node.rank, area: slot.area, clusterRows: rows)
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
