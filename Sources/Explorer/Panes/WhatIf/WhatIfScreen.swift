import Analysis
import Atlases
import Canvas
import Networks
import Tensors

/// What-ifs side by side: accuracy before and after, the change of every class, images that
/// changed their answer.
func drawWhatIfs(_ state: ExplorerState, in area: CellRect, on surface: inout Surface) {
  let pending = state.shelf.pending.first.map { "switching off \($0.name)…" } ?? ""
  let inner = surface.box(
    area, title: "what if these neurons were switched off", badge: pending,
    footnote: "Enter lists the images that changed", isFocused: true)
  let entries = state.shelf.entries
  guard !entries.isEmpty else {
    surface.text(
      pending.isEmpty ? "nothing was switched off yet; X or :ablate does" : pending,
      inner.row, inner.column + 1, .dim, width: inner.width - 2)
    return
  }
  let names = max(8, min(16, inner.width / 5))
  let width = max(20, min(34, (inner.width - names - 1) / min(entries.count, 6)))
  let visible = max(1, (inner.width - names - 1) / width)
  let start = surface.scrollStart(
    .whatIfs, state, cursor: state.shelf.place, count: entries.count, visible: visible)
  let rows = WhatIfRows(inner, state, on: &surface)
  drawRowNames(rows, width: names, state, in: inner, on: &surface)
  for place in start..<min(entries.count, start + visible) {
    let column = CellRect(
      row: inner.row, column: inner.column + names + 1 + (place - start) * width,
      height: inner.height, width: width - 1)
    drawWhatIf(
      entries[place], rows, isSelected: place == state.shelf.place, state, in: column, on: &surface)
    surface.mark(column, .whatIf(place))
  }
  surface.readout = whatIfReadout(state)
}

/// Which rows of the table are on screen.
private struct WhatIfRows {
  static let headHeight = 4
  /// Rows as ``WhatIfShelf/row`` counts them.
  let shown: Range<Int>
  let first: Int

  init(_ area: CellRect, _ state: ExplorerState, on surface: inout Surface) {
    first = area.row + Self.headHeight
    let visible = max(1, area.height - Self.headHeight)
    let count = state.classCount + 1
    let start = surface.scrollStart(
      .whatIfRows, state, cursor: state.shelf.row, count: count, visible: visible)
    shown = start..<min(count, start + visible)
  }

  func line(_ row: Int) -> Int { first + row - shown.lowerBound }
}

private func drawRowNames(
  _ rows: WhatIfRows, width: Int, _ state: ExplorerState, in area: CellRect,
  on surface: inout Surface
) {
  for (offset, name) in ["", "", "accuracy", "images changed"].enumerated()
  where offset < area.height {
    surface.text(name, area.row + offset, area.column + 1, .dim, width: width - 1)
  }
  for row in rows.shown {
    let name = row == 0 ? "all images" : state.className(row - 1)
    surface.text(name, rows.line(row), area.column + 1, .label, width: width - 1)
    let line = CellRect(
      row: rows.line(row), column: area.column, height: 1, width: area.width)
    surface.mark(line, .whatIfRow(row))
    if row == state.shelf.row { surface.restyle(line.withWidth(width), .selection) }
  }
}

private func drawWhatIf(
  _ entry: WhatIfShelf.Entry, _ rows: WhatIfRows, isSelected: Bool, _ state: ExplorerState,
  in area: CellRect, on surface: inout Surface
) {
  let result = entry.result
  surface.text(
    entry.name, area.row, area.column, isSelected ? .key : .title, width: area.width,
    truncation: .start)
  if isSelected { surface.restyle(area.withHeight(1), .selection) }
  surface.text(
    "\(neuronsText(result.neuronCount)), \(result.result.basisText)", area.row + 1, area.column,
    .dim, width: area.width)
  surface.text(accuracyText(result), area.row + 2, area.column, .value, width: area.width)
  let counts = FlipKind.allCases.map { kind in result.flips.count { $0.kind == kind } }
  surface.line(
    [
      ("\(counts[0]) lost", .bad), (" \(counts[1]) gained", .good),
      (" \(counts[2]) moved", .dim),
    ], area.row + 3, area.column, width: area.width)
  guard let change = result.change, change.fits(classCount: result.result.classCounts.count) else {
    return
  }
  let measure = state.contributionMeasure
  let (means, errors) = measure.changes(change)
  let peak = means.reduce(Float(0)) { $1.isFinite ? max($0, $1.magnitude) : $0 }
  for row in rows.shown {
    let line = rows.line(row)
    if row == 0 {
      let overall = measure.overall(change, result.result.classCounts)
      surface.text(
        measure.text(overall.mean, overall.standardError), line, area.column, .value,
        width: area.width, alignment: .trailing)
      continue
    }
    guard means.indices.contains(row - 1) else { continue }
    let share = peak > 0 && means[row - 1].isFinite ? Double(means[row - 1] / peak) : 0
    surface.signedBar(share, line, area.column, width: max(0, area.width - 12))
    surface.text(
      measure.text(Double(means[row - 1]), Double(errors[row - 1])), line, area.column, .value,
      width: area.width, alignment: .trailing)
  }
}

/// `93.0 % → 88.5 %`.
func accuracyText(_ result: WhatIf) -> String {
  guard let before = result.accuracyBefore, let after = result.accuracyAfter else { return "?" }
  return "\(NumberText.percent(before)) → \(NumberText.percent(after))"
}

private func whatIfReadout(_ state: ExplorerState) -> [(String, StyleRole)] {
  guard let entry = state.shelf.selected, let change = entry.result.change else { return [] }
  let all = entry.result.result
  let overall = change.overallAccuracyChange(counts: all.classCounts)
  let points = ContributionMeasure.accuracy.text(overall.mean, overall.standardError)
  return [
    ("without \(entry.name)", .value), ("  \(accuracyText(entry.result))", .key),
    (", \(points) points ± standard error", .label),
    (" · bars: \(state.contributionMeasure.title(all.score)), \(all.basisText)", .dim),
  ]
}

/// The images whose answer changed, those lost first.
func drawFlips(_ state: ExplorerState, in area: CellRect, on surface: inout Surface) {
  let flips = state.flippedImages()
  let row = state.shelf.row
  let whose = row == 0 ? "images" : "\(state.className(row - 1)) images"
  let name = state.shelf.selected?.name ?? ""
  let inner = surface.box(
    area, title: "\(NumberText.grouped(flips.count)) \(whose) change without \(name)",
    badge: "lost, gained, moved", isFocused: true)
  drawImageTiles(
    flips.map(\.image),
    caption: { "\(mark(flips[$0].kind))\(state.outputName(flips[$0].after))" }, state, in: inner,
    on: &surface)
  guard flips.indices.contains(state.selection.item) else { return }
  let flip = flips[state.selection.item]
  surface.readout = [
    (state.imageName(flip.image), .value), (" · \(state.className(flip.label))", .label),
    (" · \(state.outputName(flip.before)) → \(state.outputName(flip.after))", .key),
    (" (\(flip.kind.rawValue))", flip.kind == .lost ? .bad : flip.kind == .gained ? .good : .dim),
  ]
}

private func mark(_ kind: FlipKind) -> String {
  switch kind {
  case .lost: "-"
  case .gained: "+"
  case .moved: "~"
  }
}
