import Atlases
import Canvas
import Tensors

/// Draws the run screen. Equal states draw equal frames; the size is that of the grid.
package func renderRun(_ state: RunState, into grid: inout CellGrid) {
  var surface = Surface(
    CellGrid(height: grid.height, width: grid.width), state.context.theme)
  drawRun(state, on: &surface)
  grid = surface.grid
}

private func drawRun(_ state: RunState, on surface: inout Surface) {
  let area = surface.bounds
  let minimum = RenderContext.minimumSize
  guard area.height >= minimum.height, area.width >= minimum.width else {
    let need = "convscope needs \(minimum.width)×\(minimum.height), this is "
    surface.text("\(need)\(area.width)×\(area.height)", area.height / 2, 0, width: area.width)
    return
  }
  drawRunHeader(state, on: &surface)
  let columns = RunColumnPlaces(state, width: area.width)
  var row = 1 + drawWorstFinding(state, at: 1, on: &surface)
  row += drawFeeding(state, at: row, columns, on: &surface)
  for curve in state.run.curves.prefix(max(1, (area.height - 9) / 3)) {
    drawCurve(curve, at: row, columns, state, on: &surface)
    row += 1
  }
  let table = CellRect(row: row, column: 0, height: area.height - 2 - row, width: area.width)
  drawTable(in: table, columns, state, on: &surface)
  drawRunStatus(state, on: &surface)
  drawRunFooter(state, on: &surface)
  if let line = state.helpLine {
    state.helpTable.draw(from: line, title: "keys on the run screen", note: "", on: &surface)
  }
}

private func drawRunHeader(_ state: RunState, on surface: inout Surface) {
  let run = state.run
  let width = surface.bounds.width
  var pieces: [(String, StyleRole)] = [
    (
      " · \(NumberText.counted(run.checkpoints.count, "checkpoint")) · \(NumberText.counted(run.layers.count, "layer"))",
      .label
    )
  ]
  if let count = run.sampleCount {
    pieces.append((" · \(NumberText.counted(count, "image"))", .label))
  }
  let lost = run.checkpoints.count { $0.problem != nil }
  if lost > 0 { pieces.append((" · \(lost) unreadable", .warning)) }
  let work = state.opening.map { "opening \($0.fileName)" } ?? state.phase
  let phase = work.map { [("\($0)…", StyleRole.progress)] } ?? []
  let gap = phase.isEmpty ? "" : "  "
  // The end of a path is what tells runs apart.
  let least = min(cellWidth(of: run.name), max(12, width / 3))
  let free = width - pieceWidth(pieces) - pieceWidth(phase) - gap.count - 1
  pieces.insert((truncated(run.name, to: max(least, free), .path), .title), at: 0)
  let room = width - min(pieceWidth(pieces), width / 2) - pieceWidth(phase) - 2 - gap.count
  let fresh = state.freshness(width: room)
  let right = phase + (fresh.isEmpty ? [] : [(gap, .dim)]) + fresh
  let used = pieceWidth(right)
  surface.line(pieces, 0, 0, width: max(0, width - used - 1))
  surface.line(right, 0, width - used, width: used)
}

/// Where the checkpoints stand on the screen.
struct RunColumnPlaces {
  /// Columns taken by the names of rows.
  let labelWidth: Int
  /// Cells a checkpoint takes.
  let cellWidth: Int
  /// Checkpoints in view.
  let shown: Range<Int>
  /// First column after the checkpoints.
  var end: Int { labelWidth + shown.count * cellWidth }

  init(_ state: RunState, width: Int) {
    let longest =
      switch state.level {
      case .layers: state.run.layers.map { $0.name.count }.max() ?? 0
      case .neurons: "neuron \(state.rowCount)".count
      case .neuron: 16
      }
    let names = max(longest, state.run.curves.map { $0.name.count }.max() ?? 0)
    labelWidth = min(max(8, names + 2), width / 3)
    // Room for the value under the cursor.
    let room = max(1, width - labelWidth - 12)
    let count = state.run.checkpoints.count
    cellWidth = max(1, min(6, room / max(1, count)))
    let visible = max(1, min(count, room / cellWidth))
    let start = max(0, min(state.checkpoint - visible / 2, count - visible))
    shown = start..<min(count, start + visible)
  }

  func column(of checkpoint: Int) -> Int {
    labelWidth + (checkpoint - shown.lowerBound) * cellWidth
  }
}

private func drawCurve(
  _ curve: RunCurve, at row: Int, _ columns: RunColumnPlaces, _ state: RunState,
  on surface: inout Surface
) {
  surface.text(curve.name, row, 0, .label, width: columns.labelWidth - 1, truncation: .end)
  guard let range = RunTable.range(curve.values) else { return }
  for checkpoint in columns.shown {
    let isSelected = checkpoint == state.checkpoint
    surface.columnMark(
      curve.values[checkpoint] ?? .nan, range, row, columns.column(of: checkpoint),
      width: columns.cellWidth, isSelected ? .value : .progress)
  }
  let value = curve.values[state.checkpoint]
  surface.text(
    value.map { runNumber($0, isShare: range.upperBound <= 1 && range.lowerBound >= 0) } ?? "–",
    row, columns.end + 1, .value, width: surface.bounds.width - columns.end - 1)
}

extension Surface {
  /// One value of a curve, as a column one cell high and some cells wide.
  fileprivate mutating func columnMark(
    _ value: Double, _ range: ClosedRange<Double>, _ row: Int, _ column: Int, width: Int,
    _ role: StyleRole
  ) {
    for cell in 0..<width where width == 1 || cell < width - 1 || width < 3 {
      sparkline([value], row, column + cell, range, role)
    }
  }
}

/// A value as the run screen writes it.
func runNumber(_ value: Double, isShare: Bool) -> String {
  isShare ? NumberText.percent(value) : NumberText.compact(value)
}

extension TrainingRun {
  /// Images that activations rest on; nil without any.
  package var sampleCount: Int? { activations.lazy.compactMap { $0?.imageCount }.max() }
}
