import Analysis
import Canvas
import Networks
import Tensors

/// The neuron's strongest patches, three by three where that fits.
func drawNeuronPatches(
  _ digest: LayerDigest, _ layer: Layer, _ state: ExplorerState, in area: CellRect,
  on surface: inout Surface
) {
  let images = digest.statistics.map { " of \(NumberText.counted($0.imageCount, "image"))" } ?? ""
  let inner = surface.box(
    area, title: "strongest patches\(images)", isFocused: state.place.focus == 0)
  surface.mark(area, .part(0))
  let patches = digest.topPatches(state.selection.neuron)
  guard !patches.isEmpty else {
    let reason = digest.statistics == nil ? state.absence : "never above 0 in any image"
    let lines = wrapped(reason, to: inner.width - 2)
    for (offset, line) in lines.enumerated() {
      surface.text(line, inner.row + offset, inner.column + 1, .warning, width: inner.width - 2)
    }
    let rest = inner.withoutTop(lines.count + 1)
    _ = drawKernelRow(digest, limit: rest.height, state, in: rest, on: &surface)
    return
  }
  let room = CellRect(
    row: inner.row, column: inner.column + 1, height: inner.height, width: inner.width - 2)
  let grid = TileGrid(patches.count, in: room, largest: 16, columns: room.width >= 14 ? 3 : nil)
  surface.survey.patchColumns = grid.columns
  let rows = (patches.count + grid.columns - 1) / grid.columns
  let start = surface.scrollStart(
    .patches, state, cursor: state.selection.patch / grid.columns, count: rows,
    visible: grid.visibleRows)
  for (index, patch) in patches.enumerated() {
    guard let place = grid.picture(index, start: start, in: room) else { continue }
    let whole = CellRect(
      row: place.row, column: place.column, height: grid.rowHeight, width: place.width)
    surface.mark(whole, .patch(neuron: state.selection.neuron, index), part: 0)
    surface.patch(patch, of: layer, in: place, state)
    guard grid.hasCaption else { continue }
    let value = NumberText.compact(Double(patch.value))
    let name = state.label(of: Int(patch.image)).map(state.className) ?? "?"
    let isSelected = index == state.selection.patch
    let nameWidth = max(0, place.width - value.count - 1)
    surface.text(name, place.endRow, place.column, .label, width: nameWidth)
    surface.text(
      value, place.endRow, place.column, .dim, width: place.width, alignment: .trailing)
    if isSelected {
      surface.restyle(
        CellRect(row: place.endRow, column: place.column, height: 1, width: place.width),
        state.place.focus == 0 ? .selection : .label)
    }
  }
}
