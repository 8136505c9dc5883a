import Atlases
import Canvas
import Tensors

/// One row a class: name, images, accuracy with its interval, then the counts.
func drawConfusion(
  _ result: ClassificationResult, _ state: ExplorerState, in area: CellRect,
  on surface: inout Surface
) {
  let layout = ConfusionLayout(state, in: area, &surface)
  guard !surface.isLayoutAlone else { return }
  layout.drawHeadings(state, on: &surface)
  for offset in 0..<layout.visibleRows {
    let truth = layout.firstRow + offset
    let line = CellRect(
      row: area.row + layout.headingHeight + offset, column: area.column, height: 1,
      width: area.width)
    drawClassRow(truth, result, layout, state, in: line, on: &surface)
  }
}

/// Which rows and columns of the table are on screen, and where.
private struct ConfusionLayout {
  var area: CellRect
  var nameWidth: Int
  /// Columns before the counts.
  var left: Int
  var cellWidth: Int
  var headingHeight: Int
  var firstRow: Int
  var visibleRows: Int
  var firstColumn: Int
  var visibleColumns: Int
  var hasInterval: Bool
  var hasBar: Bool

  init(_ state: ExplorerState, in area: CellRect, _ surface: inout Surface) {
    self.area = area
    let count = state.classCount
    let longest = (0..<min(count, 400)).map { state.className($0).prefix(16).count }.max() ?? 4
    nameWidth = max(5, min(longest, area.width / 5))
    hasInterval = area.width >= 70
    hasBar = area.width >= 110
    left = nameWidth + 2 + 6 + 8 + (hasInterval ? 12 : 0) + (hasBar ? 13 : 0)
    cellWidth = area.width - left >= (count + 1) * 5 ? 5 : 4
    let room = max(1, (area.width - left) / cellWidth)
    visibleColumns = min(count + 1, room)
    headingHeight = area.height >= 8 ? 2 : 1
    visibleRows = max(0, min(count, area.height - headingHeight))
    firstRow = surface.scrollStart(
      .classRows, state, cursor: state.selection.classIndex, count: count, visible: visibleRows)
    firstColumn = surface.scrollStart(
      .classColumns, state, cursor: state.selection.predicted, count: count + 1,
      visible: visibleColumns)
  }

  func column(_ predicted: Int) -> Int {
    area.column + left + (predicted - firstColumn) * cellWidth
  }

  func drawHeadings(_ state: ExplorerState, on surface: inout Surface) {
    let row = area.row + headingHeight - 1
    surface.text("class", row, area.column + 1, .dim, width: nameWidth)
    surface.text(
      "n", row, area.column + nameWidth + 1, .dim, width: 6, alignment: .trailing)
    surface.text(
      "right", row, area.column + nameWidth + 7, .dim, width: 8, alignment: .trailing)
    if hasInterval {
      surface.text(
        "95 %", row, area.column + nameWidth + 15, .dim, width: 12, alignment: .trailing)
    }
    for place in 0..<visibleColumns {
      let predicted = firstColumn + place
      let name = predicted < state.classCount ? state.className(predicted) : "else"
      let role: StyleRole = predicted == state.selection.predicted ? .key : .label
      surface.text(
        name, row, column(predicted), role, width: cellWidth - 1, alignment: .trailing,
        truncation: .clip)
    }
    guard headingHeight > 1, visibleColumns <= state.classCount else { return }
    surface.text(
      "predicted \(firstColumn + 1)–\(firstColumn + visibleColumns) of \(state.classCount + 1)",
      area.row, area.column + left, .dim)
  }
}

private func drawClassRow(
  _ truth: Int, _ result: ClassificationResult, _ layout: ConfusionLayout,
  _ state: ExplorerState, in line: CellRect, on surface: inout Surface
) {
  guard let row = result.confusionRow(truth, classCount: state.classCount),
    let figures = result.figures(truth, classCount: state.classCount)
  else { return }
  let isSelected = truth == state.selection.classIndex
  let name = CellRect(
    row: line.row, column: line.column, height: 1, width: layout.nameWidth + 1)
  surface.text(state.className(truth), line.row, line.column + 1, .label, width: layout.nameWidth)
  if isSelected { surface.restyle(name, .selection) }
  surface.mark(name, .classRow(truth))
  drawClassFigures(figures, layout, in: line, on: &surface)
  let heatmap = Heatmap(surface.theme.dataRamp, tier: surface.theme.tier)
  for place in 0..<layout.visibleColumns {
    let predicted = layout.firstColumn + place
    let count = row[row.startIndex + predicted]
    let cell = CellRect(
      row: line.row, column: layout.column(predicted), height: 1, width: layout.cellWidth)
    surface.mark(cell, .confusion(truth: truth, predicted: predicted))
    let isCursor = isSelected && predicted == state.selection.predicted
    drawCount(
      count, share: figures.count > 0 ? Double(count) / Double(figures.count) : 0,
      isDiagonal: truth == predicted, isCursor: isCursor, heatmap, in: cell, on: &surface)
  }
}

private func drawClassFigures(
  _ figures: ClassFigures, _ layout: ConfusionLayout, in line: CellRect,
  on surface: inout Surface
) {
  var column = line.column + layout.nameWidth + 1
  surface.text(
    NumberText.grouped(figures.count), line.row, column, .label, width: 6, alignment: .trailing)
  column += 6
  guard let accuracy = figures.accuracy, let interval = figures.interval else {
    surface.text("none seen", line.row, column, .dim, width: 12, alignment: .trailing)
    return
  }
  surface.text(
    NumberText.percent(accuracy), line.row, column, .value, width: 8, alignment: .trailing)
  column += 8
  if layout.hasInterval {
    let text =
      "\(NumberText.fixed(interval.lowerBound * 100, 0))–"
      + "\(NumberText.fixed(interval.upperBound * 100, 0)) %"
    surface.text(text, line.row, column, .dim, width: 12, alignment: .trailing)
    column += 12
  }
  if layout.hasBar { surface.bar(accuracy, line.row, column + 1, width: 11, .edge) }
}

/// A count on the colour of its share of the row; nothing for none.
private func drawCount(
  _ count: Int, share: Double, isDiagonal: Bool, isCursor: Bool, _ heatmap: Heatmap,
  in cell: CellRect, on surface: inout Surface
) {
  let text = count == 0 ? "·" : cell.width > 4 || count < 1000 ? "\(count)" : "\(count / 1000)k"
  let area = cell.withoutLeft(1)
  if isCursor {
    surface.fill(area, .cursor)
    surface.text(text, area.row, area.column, .cursor, width: area.width, alignment: .trailing)
    return
  }
  guard count > 0, surface.theme.tier.hasSmoothColors else {
    let role: StyleRole = count == 0 ? .dim : isDiagonal ? .good : share > 0.1 ? .bad : .value
    surface.text(text, area.row, area.column, role, width: area.width, alignment: .trailing)
    return
  }
  let ground = heatmap.ramp.color(at: share)
  let style = Style(foreground: ground.readableText, background: ground)
  surface.styledText(text, in: area, style)
}
