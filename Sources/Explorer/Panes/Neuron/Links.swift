import Canvas
import Networks
import Tensors

/// The neuron's kernel as a picture, and its strongest inputs and outputs.
func drawLinks(
  _ digest: LayerDigest, _ layer: Layer, _ state: ExplorerState, in area: CellRect,
  on surface: inout Surface
) {
  guard area.height > 2 else { return }
  let inner = surface.box(
    area, title: "weights · strongest inputs and outputs", isFocused: state.place.focus == 2)
  surface.mark(area, .part(2))
  let used = drawKernelRow(digest, state, in: inner, on: &surface)
  let list = inner.withoutTop(used)
  let key = NeuronLinkKey(layer: state.selection.layer, neuron: state.selection.neuron)
  guard let links = surface.links(key, state) else { return }
  let rows = linkRows(links)
  guard !rows.isEmpty else {
    surface.text("no weights kept", list.row, list.column + 1, .dim, width: list.width - 2)
    return
  }
  let cursor = rows.firstIndex { $0.index == state.selection.link } ?? 0
  let start = surface.scrollStart(
    .links, state, cursor: cursor, count: rows.count, visible: list.height)
  let peak = rows.compactMap { $0.link?.strength.magnitude }.max() ?? 1
  for offset in 0..<max(0, min(list.height, rows.count - start)) {
    let line = CellRect(
      row: list.row + offset, column: list.column, height: 1, width: list.width)
    drawLinkRow(rows[start + offset], peak: peak, state, in: line, on: &surface)
  }
}

/// A heading, or one connection with its place among all.
private struct LinkRow {
  var heading = ""
  var link: NeuronLink?
  var index: Int?
}

private func linkRows(_ links: NeuronLinks) -> [LinkRow] {
  var rows: [LinkRow] = []
  if !links.inputs.isEmpty { rows.append(LinkRow(heading: "from")) }
  for (index, link) in links.inputs.enumerated() { rows.append(LinkRow(link: link, index: index)) }
  if !links.outputs.isEmpty { rows.append(LinkRow(heading: "to")) }
  for (index, link) in links.outputs.enumerated() {
    rows.append(LinkRow(link: link, index: links.inputs.count + index))
  }
  return rows
}

private func drawLinkRow(
  _ row: LinkRow, peak: Float, _ state: ExplorerState, in line: CellRect,
  on surface: inout Surface
) {
  guard let link = row.link, let index = row.index else {
    surface.text(row.heading, line.row, line.column + 1, .dim, width: line.width - 2)
    return
  }
  surface.mark(line, .link(index), part: 2)
  let value = NumberText.compact(Double(link.strength))
  let nameWidth = max(6, line.width * 2 / 5)
  surface.text(
    state.address(link), line.row, line.column + 2, .label, width: nameWidth, truncation: .start)
  let barWidth = max(0, line.width - nameWidth - 12)
  surface.signedBar(
    Double(link.strength / peak), line.row, line.column + nameWidth + 3, width: barWidth)
  surface.text(
    value, line.row, line.column, .value, width: max(0, line.width - 1), alignment: .trailing)
  if index == state.selection.link, state.place.focus == 2 {
    surface.restyle(line.withWidth(nameWidth + 2), .selection)
  }
}

/// Pictures of the kernel along the top; returns the rows they took.
private func drawKernelRow(
  _ digest: LayerDigest, _ state: ExplorerState, in area: CellRect, on surface: inout Surface
) -> Int {
  guard let kernels = digest.kernels, area.height >= 9 else { return 0 }
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
    row: area.row, column: area.column + 1, height: min(6, area.height / 3),
    width: area.width - 2)
  let size = kernelSize(kernels, in: room.withWidth(max(4, room.width / 4)))
  var column = room.column
  let isColor = kernels.inputCount == 3
  let inputs = isColor ? [0, 1, 2] : strongestInputs(kernels, neuron)
  if isColor {
    let tile = CellRect(row: room.row, column: column, height: size.height, width: size.width)
    drawKernel(kernels, neuron, input: nil, isBGR: state.isBGR, in: tile, on: &surface)
    surface.text("in colour", tile.endRow, column, .dim, width: size.width)
    column += size.width + 1
  }
  for input in inputs where column + size.width <= room.endColumn {
    let tile = CellRect(row: room.row, column: column, height: size.height, width: size.width)
    drawKernel(kernels, neuron, input: input, isBGR: state.isBGR, in: tile, on: &surface)
    surface.text("of \(input)", tile.endRow, column, .dim, width: size.width)
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
