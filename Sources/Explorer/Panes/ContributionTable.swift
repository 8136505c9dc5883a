import Analysis
import Atlases
import Canvas
import Networks
import Tensors

/// All clusters of a layer × classes, with the figure over all images at the right.
func drawContributionTable(
  _ digest: LayerDigest, _ state: ExplorerState, in area: CellRect, on surface: inout Surface
) {
  let entries = digest.clusters.map { surface.contribution(digest.layer, $0.members, state) }
  guard let all = state.atlas.layers[digest.layer].contributions,
    entries.contains(where: { $0 != nil }), area.height > 2
  else {
    drawContributionAbsence(digest.layer, state, in: area, on: &surface)
    return
  }
  let table = ContributionTable(all, digest, state, in: area)
  let labels = ClassLabels(
    table.columns, names: table.order.map(state.className), classCount: table.order.count,
    room: area.height)
  labels.draw(
    area.row, area.column + ContributionTable.axis, selected: table.selectedColumn, on: &surface)
  if let tail = table.tailColumn {
    surface.text("all images", area.row, tail, .dim, width: max(0, area.endColumn - tail))
  }
  let grid = area.withoutTop(labels.height)
  let rowHeight = max(1, min(3, grid.height / max(1, entries.count)))
  let visible = max(1, grid.height / rowHeight)
  let letter = digest.cluster(of: state.selection.neuron)?.letter
  let cursor = digest.clusters.firstIndex { $0.letter == letter } ?? 0
  let start = surface.scrollStart(
    .contributionRows, state, cursor: cursor, count: entries.count, visible: visible)
  for place in start..<min(entries.count, start + visible) {
    let row = CellRect(
      row: grid.row + (place - start) * rowHeight, column: grid.column, height: rowHeight,
      width: grid.width)
    let cluster = digest.clusters[place]
    surface.mark(row, .cluster(layer: digest.layer, place: place), part: 1)
    surface.text(
      cluster.letter, row.row, row.column, place == cursor ? .key : .title,
      width: ContributionTable.axis)
    if let entry = entries[place] {
      table.draw(entry, cluster, isSelected: place == cursor, state, in: row, on: &surface)
    } else {
      surface.text("…", row.row, row.column + ContributionTable.axis, .dim)
    }
  }
}

/// Which classes the columns stand for, and where the figure over all images is.
private struct ContributionTable {
  static let axis = 5
  let contributions: LayerContributions
  let order: [Int]
  let columns: HeatColumns
  /// Where the figure over all images stands; nil where it would be cut.
  let tailColumn: Int?
  /// Place of the selected class among the columns.
  let selectedColumn: Int?

  init(
    _ all: LayerContributions, _ digest: LayerDigest, _ state: ExplorerState, in area: CellRect
  ) {
    let tail = area.width >= 56 ? 14 : 0
    let order = contributionColumns(all, digest, state)
    let columns = HeatColumns(
      order.count, width: area.width - ContributionTable.axis - tail, widest: 16)
    contributions = all
    self.order = order
    self.columns = columns
    tailColumn =
      tail > 0 ? area.column + ContributionTable.axis + columns.width + 1 : nil
    selectedColumn = order.firstIndex(of: state.selection.classIndex)
      .flatMap { at in columns.bins.firstIndex { $0.contains(at) } }
  }

  /// One cluster's cells and figure.
  func draw(
    _ entry: Contribution, _ cluster: ClusterDigest, isSelected: Bool, _ state: ExplorerState,
    in row: CellRect, on surface: inout Surface
  ) {
    let paint = ContributionPaint(contributions, state, surface.theme)
    let peak = paint.peak(entry)
    for (column, bin) in columns.bins.enumerated() {
      let area = CellRect(
        row: row.row, column: row.column + Self.axis + column * columns.cellsPerBin,
        height: row.height, width: columns.cellsPerBin)
      if let neuron = cluster.members.first {
        surface.mark(area, .neuron(neuron, classIndex: order[bin.lowerBound]), part: 1)
      }
      guard !surface.isSurvey else { continue }
      let cell = paint.cell(entry, classes: order[bin], peak: peak)
      for y in 0..<area.height {
        for x in 0..<area.width {
          let hasSign = y == 0 && x == (area.width - 1) / 2
          surface.put(
            hasSign ? cell : cell.withoutSign(paint.heatmap.tier), area.row + y, area.column + x)
        }
      }
      if isSelected, column == selectedColumn { surface.restyle(area.withHeight(1), .cursor) }
    }
    guard let tailColumn else { return }
    let overall = paint.measure.overall(entry, contributions.classCounts)
    surface.text(
      paint.measure.text(overall.mean, overall.standardError), row.row, tailColumn, .value,
      width: max(0, row.endColumn - tailColumn))
  }
}
