import Canvas
import Networks
import Tensors

/// A box with the kernel of every neuron of a cluster, or of the whole layer, in the order of the
/// rows, that the arrow keys move in.
///
/// - Parameter place: Of the cluster in display order; nil for the layer.
func drawKernelBox(
  place: Int?, _ digest: LayerDigest, _ state: ExplorerState, in area: CellRect,
  isFocused: Bool, on surface: inout Surface
) {
  guard area.height > 3, area.width > 8 else { return }
  let inner = surface.box(
    area, title: kernelBoxTitle(digest.kernels, width: area.width),
    badge: area.width > 110 ? "each to its own peak" : "", isFocused: isFocused)
  surface.mark(area, .part(1))
  let room = CellRect(
    row: inner.row, column: inner.column + 1, height: inner.height, width: inner.width - 2)
  guard let kernels = digest.kernels else {
    if digest.isFilled {
      surface.text("kernels not kept", room.row, room.column, .dim, width: room.width)
    }
    return
  }
  let range = digest.rowRange(place)
  let grid = KernelGrid(kernels, count: range.count, in: room)
  surface.survey.patchColumns = grid.columns
  let cursor = (digest.row(of: state.selection.neuron) ?? range.lowerBound) - range.lowerBound
  let rowCount = (range.count + grid.columns - 1) / grid.columns
  let start = surface.scrollStart(
    .kernels, state, cursor: cursor / grid.columns, count: rowCount, visible: grid.visibleRows)
  let shown = start * grid.columns..<min(range.count, (start + grid.visibleRows) * grid.columns)
  for index in shown {
    guard let tile = grid.tile(index, start: start, in: room) else { continue }
    let row = range.lowerBound + index
    let neuron = digest.rows[row]
    drawTile(kernels, neuron, isBGR: state.isBGR, in: grid.pictureArea(tile), on: &surface)
    drawKernelCaption(row, digest, kernels, state, in: grid.captionArea(tile), on: &surface)
    surface.mark(tile, .clusterPatch(neuron: neuron, patch: 0), part: 1)
  }
  let below = range.count - shown.upperBound
  guard below > 0 || start > 0 else { return }
  surface.line(
    [(" \(shown.lowerBound + 1) to \(shown.upperBound) of \(range.count), PgDn ", .warning)],
    area.endRow - 1, area.column + 2, width: area.width - 4)
}

/// What the file alone tells of a layer, where no images ran: facts at the left, kernels at the right.
///
/// - Parameter place: Of the cluster whose kernels show; nil for the layer.
func drawWeightsAlone(
  place: Int?, _ digest: LayerDigest, _ layer: Layer, _ state: ExplorerState, in area: CellRect,
  on surface: inout Surface
) {
  let (facts, kernels) = sideAndBody(area)
  let inner = surface.box(facts, title: "structure", isFocused: state.place.focus == 0)
  surface.mark(facts, .part(0))
  drawStructure(layer, state, in: inner, on: &surface)
  drawKernelBox(
    place: place, digest, state, in: kernels, isFocused: state.place.focus == 1, on: &surface)
  let kernel = kernelReadout(digest, state)
  surface.readout = kernel + [((kernel.isEmpty ? "" : " · ") + state.absence, .warning)]
}

/// The selected neuron's kernel in figures.
func kernelReadout(_ digest: LayerDigest, _ state: ExplorerState) -> [(String, StyleRole)] {
  let neuron = state.selection.neuron
  guard let kernels = digest.kernels, kernels.norms.indices.contains(neuron) else { return [] }
  let letter =
    digest.clusters.count > 1 ? digest.cluster(of: neuron).map { " in \($0.letter)" } : nil
  let norm = NumberText.compact(Double(kernels.norms[neuron]))
  return [
    ("\(state.layerName(digest.layer)):\(neuron)", .value), (letter ?? "", .label),
    ("  norm \(norm)", .key),
    (" · strongest for input channel \(kernels.strongestInput[neuron])", .label),
  ]
}

private func kernelBoxTitle(_ kernels: KernelDigest?, width: Int) -> String {
  guard let kernels else { return "kernels" }
  let size = "\(kernels.height)×\(kernels.width)"
  if kernels.isStrip {
    return width > 60
      ? "weights of each neuron, \(NumberText.counted(kernels.inputCount, "input"))" : "weights"
  }
  guard width > 60 else { return "kernels \(size)" }
  return kernels.inputCount == 3
    ? "kernel of each neuron, \(size), in colour"
    : "kernel of each neuron, \(size), strongest of \(kernels.inputCount) input channels"
}

/// The neuron's number, its cluster's letter where a cluster begins, its norm where there is room.
private func drawKernelCaption(
  _ row: Int, _ digest: LayerDigest, _ kernels: KernelDigest, _ state: ExplorerState,
  in area: CellRect, on surface: inout Surface
) {
  let neuron = digest.rows[row]
  let cluster = digest.cluster(of: neuron)
  let isFirst = digest.clusters.count > 1 && cluster?.firstRow == row
  let isSelected = neuron == state.selection.neuron
  let isMarked = state.isMarked(neuron, in: digest.layer)
  let number = "\(isMarked ? "*" : "")\(neuron)"
  var pieces: [(String, StyleRole)] = []
  if isFirst, let letter = cluster?.letter { pieces.append(("\(letter) ", .title)) }
  pieces.append((number, isSelected ? .key : isMarked ? .match : .dim))
  if area.width >= 12 {
    pieces.append((" \(NumberText.compact(Double(kernels.norms[neuron])))", .dim))
  }
  surface.line(pieces, area.row, area.column, width: area.width)
  if isSelected { surface.restyle(area, .selection) }
}
