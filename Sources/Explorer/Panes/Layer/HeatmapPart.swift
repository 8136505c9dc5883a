import Canvas
import Tensors

/// What a heatmap on screen is of.
struct HeatmapPart {
  /// Rows of the layer, cluster by cluster.
  var clusters: [Range<Int>]
  var isZoomed: Bool
  var scrollKey: ScrollKey
  /// Which part of the screen it is.
  var part: Int
}

/// Neurons × classes with names on both axes; returns how rows were shared out.
@discardableResult
func drawHeatmap(
  _ what: HeatmapPart, _ digest: LayerDigest, _ state: ExplorerState, in area: CellRect,
  on surface: inout Surface
) -> HeatRows? {
  guard let range = digest.scales[state.statistic], digest.classCount > 0, area.height > 2 else {
    surface.text(state.absence, area.row, area.column, .warning, width: area.width)
    return nil
  }
  let letters = max(2, digest.clusters.map { cellWidth(of: $0.letter) }.max() ?? 0)
  let axis = letters + 5
  let order = state.classOrder(digest)
  let pinned = PinnedColumn(
    digest, state, room: area.width - axis, classCount: order.count, widest: 16, on: &surface)
  let columns = HeatColumns(
    order.count, width: area.width - axis - (pinned?.room ?? 0), widest: 16)
  let labels = ClassLabels(
    columns, names: columns.isBinned(order.count) ? [] : order.map(state.className),
    classCount: order.count, room: area.height)
  let selectedColumn = order.firstIndex(of: state.selection.classIndex)
    .flatMap { at in columns.bins.firstIndex { $0.contains(at) } }
  labels.draw(area.row, area.column + axis, selected: selectedColumn, on: &surface)
  pinned?.drawName(
    in: CellRect(
      row: area.row, column: area.column + axis + columns.width + 1, height: labels.height,
      width: pinned?.width ?? 0), on: &surface)
  let grid = area.withoutTop(labels.height)
  var rows = HeatRows(what.clusters, height: grid.height, zoomed: what.isZoomed)
  let row = digest.row(of: state.selection.neuron) ?? 0
  rows.start = surface.scrollStart(
    what.scrollKey, state, cursor: rows.place(of: row) ?? 0, count: rows.rows.count,
    visible: grid.height)
  surface.survey.heatRows = rows.rows.filter { !$0.isEmpty }
  guard !surface.isLayoutAlone else { return rows }
  let paint = HeatPaint(range, state.heatScale, surface.theme)
  let rowHeight = max(1, min(3, grid.height / max(1, rows.rows.count)))
  for offset in 0..<min(grid.height / rowHeight, rows.rows.count - rows.start) {
    let band = rows.rows[rows.start + offset]
    guard !band.isEmpty else { continue }
    let line = CellRect(
      row: grid.row + offset * rowHeight, column: area.column, height: rowHeight,
      width: axis + columns.width)
    drawHeatRow(
      HeatRow(
        band: band, line: line, axis: axis, letters: letters, isSelected: band.contains(row)),
      digest, paint, columns, order, what.part, state, on: &surface)
    drawPinned(pinned, digest.rows[band], paint, in: line.withoutLeft(line.width), on: &surface)
    if band.contains(row), let selectedColumn {
      drawHeatCursor(
        line, column: area.column + axis + selectedColumn * columns.cellsPerBin,
        width: columns.cellsPerBin, isFocused: state.place.focus == what.part, on: &surface)
    }
  }
  return rows
}

private struct HeatRow {
  var band: Range<Int>
  var line: CellRect
  var axis: Int
  /// Cells for what clusters are called.
  var letters: Int
  var isSelected: Bool
}

private func drawHeatRow(
  _ row: HeatRow, _ digest: LayerDigest, _ paint: HeatPaint, _ columns: HeatColumns,
  _ order: [Int], _ part: Int, _ state: ExplorerState, on surface: inout Surface
) {
  let neuron = digest.rows[row.band.lowerBound]
  let cluster = digest.clusters[digest.placeOfNeuron[neuron]]
  let isFirst = cluster.firstRow == row.band.lowerBound
  let mark = digest.placeOfNeuron[neuron] % 2 == 0 ? "▌" : "▐"
  surface.text(
    isFirst ? cluster.letter : "", row.line.row, row.line.column, .title, width: row.letters)
  let name = row.band.count == 1 ? "\(neuron)" : "·\(row.band.count)"
  let isMarked = digest.rows[row.band].contains { state.isMarked($0, in: digest.layer) }
  let label = isMarked ? "*\(name)" : name
  surface.text(
    label, row.line.row, row.line.column + row.letters,
    row.isSelected || isMarked ? .key : .dim, width: label.count > 3 ? 4 : 3,
    alignment: .trailing)
  for offset in 0..<row.line.height {
    surface.text(
      mark, row.line.row + offset, row.line.column + row.axis - 1,
      row.isSelected ? .key : .border)
  }
  for (place, bin) in columns.bins.enumerated() {
    surface.mark(
      CellRect(
        row: row.line.row, column: row.line.column + row.axis + place * columns.cellsPerBin,
        height: row.line.height, width: columns.cellsPerBin),
      .neuron(neuron, classIndex: order[bin.lowerBound]), part: part)
  }
  guard !surface.isSurvey, let values = digest.values(state.statistic) else { return }
  let shares = paint.shares(
    values, neurons: digest.rows[row.band], order: order, bins: columns.bins)
  for (place, share) in shares.enumerated() {
    let left = row.line.column + row.axis + place * columns.cellsPerBin
    let cell = paint.heatmap.cell(share)
    for y in 0..<row.line.height {
      for x in 0..<columns.cellsPerBin { surface.put(cell, row.line.row + y, left + x) }
    }
  }
}

/// The pinned images' cell of a row, behind a gap.
///
/// - Parameter place: Where the classes end.
private func drawPinned(
  _ pinned: PinnedColumn?, _ neurons: ArraySlice<Int>, _ paint: HeatPaint, in place: CellRect,
  on surface: inout Surface
) {
  guard let pinned, !surface.isSurvey else { return }
  let cell = paint.heatmap.cell(pinned.share(neurons, paint))
  for y in 0..<place.height {
    for x in 0..<pinned.width { surface.put(cell, place.row + y, place.column + 1 + x) }
  }
}

/// Brackets around the cell under the cursor; its colour stays.
private func drawHeatCursor(
  _ line: CellRect, column: Int, width: Int, isFocused: Bool, on surface: inout Surface
) {
  guard !surface.isSurvey else { return }
  for (place, glyph) in [(column, "[" as Unicode.Scalar), (column + width - 1, "]")] {
    let glyph: Unicode.Scalar = width == 1 ? "+" : glyph
    var cell = surface.grid[line.row, place]
    let ground = cell.style.background
    cell.glyph = glyph
    cell.style.foreground = ground?.readableText
    cell.style.attributes = isFocused ? .bold : []
    surface.put(cell, line.row, place)
  }
}
