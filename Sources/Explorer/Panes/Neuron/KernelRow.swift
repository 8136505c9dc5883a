import Canvas
import Networks

/// Pictures of the kernel along the top; returns the rows they took.
func drawKernelRow(
  _ digest: LayerDigest, _ state: ExplorerState, in area: CellRect, on surface: inout Surface
) -> Int {
  guard let kernels = digest.kernels, area.height >= 5 else { return 0 }
  let neuron = state.selection.neuron
  if kernels.height * kernels.width == 1 {
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
    row: area.row, column: area.column + 1, height: max(3, min(9, area.height / 3)),
    width: area.width - 2)
  let size = kernelSize(kernels, in: room.withWidth(max(4, room.width / 4)))
  var column = room.column
  let isColor = kernels.inputCount == 3
  let inputs = isColor ? [0, 1, 2] : strongestInputs(kernels, neuron)
  if isColor {
    let tile = CellRect(row: room.row, column: column, height: size.height, width: size.width)
    drawKernel(kernels, neuron, input: nil, isBGR: state.isBGR, in: tile, on: &surface)
    surface.text("RGB", tile.endRow, column, .dim, width: size.width)
    column += size.width + 1
  }
  for input in inputs where column + size.width <= room.endColumn {
    let tile = CellRect(row: room.row, column: column, height: size.height, width: size.width)
    drawKernel(kernels, neuron, input: input, isBGR: state.isBGR, in: tile, on: &surface)
    surface.text("ch \(input)", tile.endRow, column, .dim, width: size.width)
    column += size.width + 1
  }
  return size.height + 2
}

/// Input channels by the norm of their slice, largest first.
private func strongestInputs(_ kernels: KernelDigest, _ neuron: Int) -> [Int] {
  let norms = (0..<kernels.inputCount).map { input in
    kernels.slice(neuron: neuron, input: input).reduce(0) { $0 + $1 * $1 }
  }
  return Array(norms.indices.sorted { (norms[$1], $0) < (norms[$0], $1) }.prefix(12))
}
