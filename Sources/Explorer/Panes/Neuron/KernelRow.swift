import Canvas
import Networks

/// Pictures of the kernel, strongest input channels first, in at most `limit` rows; returns the
/// rows they took.
func drawKernelRow(
  _ digest: LayerDigest, limit: Int, _ state: ExplorerState, in area: CellRect,
  on surface: inout Surface
) -> Int {
  guard let kernels = digest.kernels, area.height >= 5 else { return 0 }
  let neuron = state.selection.neuron
  if kernels.isStrip {
    drawWeightStrip(
      kernels.all(neuron: neuron),
      in: CellRect(row: area.row, column: area.column + 1, height: 1, width: area.width - 2),
      on: &surface)
    surface.text(
      "\(kernels.inputCount) weights, inputs left to right", area.row + 1, area.column + 1, .dim,
      width: area.width - 2)
    return 3
  }
  let room = CellRect(
    row: area.row, column: area.column + 1, height: min(area.height, max(4, limit)),
    width: area.width - 2)
  let tile = kernelSize(
    kernels, in: room.withWidth(max(kernels.width, room.width / 4)).withHeight(room.height - 1))
  let columns = max(1, (room.width + 1) / (tile.width + 1))
  let rows = max(1, room.height / (tile.height + 1))
  let isColor = kernels.inputCount == 3
  let inputs: [Int?] = isColor ? [nil, 0, 1, 2] : strongestInputs(kernels, neuron)
  let shown = inputs.prefix(columns * rows)
  for (index, input) in shown.enumerated() {
    let place = CellRect(
      row: room.row + index / columns * (tile.height + 1),
      column: room.column + index % columns * (tile.width + 1), height: tile.height,
      width: min(tile.width, room.width))
    drawKernel(kernels, neuron, input: input, isBGR: state.isBGR, in: place, on: &surface)
    surface.text(
      input.map { "ch \($0)" } ?? "RGB", place.endRow, place.column, .dim, width: place.width)
  }
  return min(rows, (shown.count + columns - 1) / columns) * (tile.height + 1) + 1
}

/// Input channels by the norm of their slice, largest first.
private func strongestInputs(_ kernels: KernelDigest, _ neuron: Int) -> [Int?] {
  let norms = (0..<kernels.inputCount).map { input in
    kernels.slice(neuron: neuron, input: input).reduce(0) { $0 + $1 * $1 }
  }
  return Array(norms.indices.sorted { (norms[$1], $0) < (norms[$0], $1) }.prefix(64))
}
