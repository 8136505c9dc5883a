import Atlases
import Canvas
import Tensors

/// The heatmap with its title, names, the value under the cursor, and the labels of checkpoints.
func drawTable(
  in area: CellRect, _ columns: RunColumnPlaces, _ state: RunState, on surface: inout Surface
) {
  let table = RunTable(state)
  surface.text(table.title, area.row, 0, .subtitle, width: area.width)
  drawLegend(table, state, at: area.row, on: &surface)
  let visible = max(1, area.height - 2)
  let start = max(0, min(state.row - visible / 2, table.rows.count - visible))
  for (offset, place) in (start..<min(table.rows.count, start + visible)).enumerated() {
    drawRow(
      table, place, at: area.row + 1 + offset, columns, state, on: &surface)
  }
  if table.range == nil {
    surface.text(
      absence(state), area.row + 1 + min(visible - 1, table.rows.count), 0, .warning,
      width: area.width)
  }
  drawLabels(at: area.endRow - 1, columns, state, on: &surface)
}

private func drawRow(
  _ table: RunTable, _ place: Int, at row: Int, _ columns: RunColumnPlaces, _ state: RunState,
  on surface: inout Surface
) {
  let line = table.rows[place]
  let isSelected = place == state.row
  surface.text(
    line.label, row, 0, isSelected ? .selection : .label, width: columns.labelWidth - 1,
    truncation: .middle)
  let isOwn = state.usesRowScale || state.level == .neuron
  let range = isOwn ? RunTable.range(line.values) : table.range
  let heatmap = Heatmap(surface.theme.dataRamp, tier: surface.theme.tier)
  for checkpoint in columns.shown {
    var cell = heatmap.cell(share(line.values[checkpoint], range, isOwn: isOwn))
    let isCursor = isSelected && checkpoint == state.checkpoint
    if isCursor { cell = Cell("◆", surface.theme[.cursor]) }
    for column in 0..<columns.cellWidth {
      surface.put(cell, row, columns.column(of: checkpoint) + column)
    }
  }
  let value = line.values.indices.contains(state.checkpoint) ? line.values[state.checkpoint] : nil
  let measure = state.level == .neuron ? RunMeasure.allCases[place] : state.measure
  surface.text(
    value.map { text($0, measure, state) } ?? "–", row, columns.end + 1,
    isSelected ? .value : .dim, width: surface.bounds.width - columns.end - 1)
}

/// 0 is the lowest colour of shares and counts; elsewhere it is the lowest value.
private func share(_ value: Double?, _ range: ClosedRange<Double>?, isOwn: Bool) -> Double {
  guard let value, value.isFinite, let range else { return .nan }
  let low = isOwn ? range.lowerBound : min(0, range.lowerBound)
  guard range.upperBound > low else { return value > 0 ? 1 : 0 }
  return (value - low) / (range.upperBound - low)
}

/// A value of one row, in its own unit.
private func text(_ value: Double, _ measure: RunMeasure, _ state: RunState) -> String {
  switch measure {
  case .dead where state.level != .layers: value > 0 ? "dead" : "alive"
  case .nonFinite: NumberText.grouped(Int(value))
  default: runNumber(value, isShare: measure.isShare)
  }
}

private func drawLegend(
  _ table: RunTable, _ state: RunState, at row: Int, on surface: inout Surface
) {
  let width = surface.bounds.width
  guard let range = table.range, width >= 72, state.level != .neuron else { return }
  let heatmap = Heatmap(surface.theme.dataRamp, tier: surface.theme.tier)
  let isOwn = state.usesRowScale
  let low =
    isOwn ? "row's lowest" : runNumber(min(0, range.lowerBound), isShare: state.measure.isShare)
  let high = isOwn ? "highest" : runNumber(range.upperBound, isShare: state.measure.isShare)
  let cells = heatmap.legend(width: 8)
  let start = width - 10 - cellWidth(of: low) - cellWidth(of: high)
  guard start > cellWidth(of: table.title) + 1 else { return }
  surface.text(low, row, start, .dim)
  for (place, cell) in cells.enumerated() {
    surface.put(cell, row, start + cellWidth(of: low) + 1 + place)
  }
  surface.text(high, row, width - cellWidth(of: high), .dim)
}

/// Labels of checkpoints, as many as find room.
private func drawLabels(
  at row: Int, _ columns: RunColumnPlaces, _ state: RunState, on surface: inout Surface
) {
  surface.text("checkpoint", row, 0, .dim, width: columns.labelWidth - 1)
  var free = columns.labelWidth
  for checkpoint in columns.shown {
    let facts = state.run.checkpoints[checkpoint]
    let column = columns.column(of: checkpoint)
    let isSelected = checkpoint == state.checkpoint
    guard column >= free || isSelected else { continue }
    let role: StyleRole = isSelected ? .selection : facts.problem == nil ? .label : .bad
    let used = surface.text(
      facts.label, row, column, role, width: max(columns.cellWidth, columns.end + 11 - column))
    free = column + used + 1
  }
}

/// Why the table is empty.
private func absence(_ state: RunState) -> String {
  if state.measure.needsImages, state.level != .neuron {
    return state.phase == nil
      ? "no images have run: --data PATH names them, n says again what kept them"
      : "images are running…"
  }
  return state.run.checkpoints.count < 2 && state.measure == .change
    ? "a change needs two checkpoints"
    : state.measure == .gradient
      ? "the log has no columns such as gradient_norm/LAYER" : "no checkpoint has these numbers"
}
