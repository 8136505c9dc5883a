import Analysis
import Atlases
import Canvas
import Networks
import Tensors

/// How changes become colours and signs: diverging from no change, lower is worse for the class.
struct ContributionPaint {
  let measure: ContributionMeasure
  let heatmap: Heatmap
  private let scale: HeatScale
  private let layerPeak: Float

  init(_ contributions: LayerContributions, _ state: ExplorerState, _ theme: Theme) {
    measure = state.contributionMeasure
    heatmap = Heatmap(theme.signedRamp, tier: theme.tier)
    scale = state.heatScale
    layerPeak = contributions.peak(measure)
  }

  /// What a set's colours run to: its own largest change, or that of the layer.
  func peak(_ entry: Contribution) -> Float {
    guard scale == .row else { return layerPeak }
    return measure.changes(entry).means.reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 }
  }

  /// A cell for the mean change of some classes. With smooth colours a sign stands in it where
  /// the change of a class is beyond two standard errors; else the shade itself tells the sign.
  func cell(_ entry: Contribution, classes: ArraySlice<Int>, peak: Float) -> Cell {
    let (means, errors) = measure.changes(entry)
    let known = classes.filter { means[$0].isFinite }
    guard !known.isEmpty else { return Heatmap.absent }
    let mean = known.reduce(Float(0)) { $0 + means[$1] } / Float(known.count)
    var cell = heatmap.cell(peak > 0 ? Double(mean / peak) : 0)
    guard heatmap.tier.hasSmoothColors, known.count == 1, let only = known.first,
      errors[only].isFinite, mean.magnitude > 2 * errors[only], mean != 0
    else { return cell }
    cell.glyph = mean < 0 ? "-" : "+"
    cell.style.foreground = cell.style.background?.readableText
    return cell
  }
}

/// What switching a cluster off does, under its label in a pane: a cell a class, then the figure
/// over all images.
func drawContributionBlock(
  _ cluster: ClusterDigest, _ digest: LayerDigest, _ state: ExplorerState, in area: CellRect,
  on surface: inout Surface
) {
  let entry = surface.contribution(digest.layer, cluster.members, state)
  guard let entry, let all = state.atlas.layers[digest.layer].contributions else {
    surface.text(
      state.contributionAbsence(layer: digest.layer), area.row, area.column, .dim,
      width: area.width)
    return
  }
  drawContributionStrip(
    entry, all, state, contributionColumns(all, digest, state), in: area, on: &surface)
  guard area.height > 1 else { return }
  let measure = state.contributionMeasure
  let overall = measure.overall(entry, all.classCounts)
  let unit = measure == .score ? " \(all.score.rawValue)" : " points"
  surface.line(
    [
      (measure.text(overall.mean, overall.standardError), .value), (unit, .label),
      (" · \(all.basisText)", .dim),
    ], area.row + 1, area.column, width: area.width)
}

/// One line of cells, a class or a few each.
private func drawContributionStrip(
  _ entry: Contribution, _ all: LayerContributions, _ state: ExplorerState, _ order: [Int],
  in area: CellRect, on surface: inout Surface
) {
  guard !surface.isSurvey else { return }
  let paint = ContributionPaint(all, state, surface.theme)
  let peak = paint.peak(entry)
  let columns = HeatColumns(order.count, width: area.width)
  for (place, bin) in columns.bins.enumerated() {
    let cell = paint.cell(entry, classes: order[bin], peak: peak)
    for offset in 0..<columns.cellsPerBin {
      surface.put(
        offset == 0 ? cell : cell.withoutSign(paint.heatmap.tier), area.row,
        area.column + place * columns.cellsPerBin + offset)
    }
  }
}

/// Why there is nothing to draw.
func drawContributionAbsence(
  _ layer: Int, _ state: ExplorerState, in area: CellRect, on surface: inout Surface
) {
  let lines = wrapped(state.contributionAbsence(layer: layer), to: area.width - 2)
  for (offset, line) in lines.prefix(max(0, area.height)).enumerated() {
    surface.text(line, area.row + offset, area.column + 1, .warning, width: area.width - 2)
  }
}

/// Classes in the order of the layer's other columns.
func contributionColumns(
  _ all: LayerContributions, _ digest: LayerDigest, _ state: ExplorerState
) -> [Int] {
  let order = state.classOrder(digest)
  return order.count == all.classCounts.count ? order : Array(all.classCounts.indices)
}

/// What switching one set off does to each class, as bars with their errors.
func drawContributionBars(
  _ layer: Int, _ members: [Int], _ state: ExplorerState, in area: CellRect,
  on surface: inout Surface
) {
  guard let entry = surface.contribution(layer, members, state) else {
    drawContributionAbsence(layer, state, in: area, on: &surface)
    return
  }
  let order = state.contributionOrder(entry)
  let measure = state.contributionMeasure
  let (means, errors) = measure.changes(entry)
  let peak = means.reduce(Float(0)) { $1.isFinite ? max($0, $1.magnitude) : $0 }
  let at = order.firstIndex(of: state.selection.classIndex) ?? 0
  let start = surface.scrollStart(
    .classRows, state, cursor: at, count: order.count, visible: area.height)
  let nameWidth = max(3, min(12, area.width / 3))
  for offset in 0..<max(0, min(area.height, order.count - start)) {
    let index = order[start + offset]
    let line = CellRect(
      row: area.row + offset, column: area.column, height: 1, width: area.width)
    surface.mark(line, .classRow(index), part: state.view == .neuron ? 1 : 0)
    surface.text(state.className(index), line.row, line.column + 1, .label, width: nameWidth)
    if start + offset == at { surface.restyle(line.withWidth(nameWidth + 2), .selection) }
    let bar = line.withoutLeft(nameWidth + 3)
    let share = peak > 0 && means[index].isFinite ? Double(means[index] / peak) : 0
    surface.signedBar(share, bar.row, bar.column, width: max(0, bar.width - 13))
    surface.text(
      measure.text(Double(means[index]), Double(errors[index])), bar.row, bar.column, .value,
      width: max(0, bar.width - 1), alignment: .trailing)
  }
}

/// What the bars or cells are of.
func contributionTitle(_ layer: Int, _ state: ExplorerState) -> String {
  guard state.atlas.layers.indices.contains(layer),
    let all = state.atlas.layers[layer].contributions
  else { return "contributions" }
  return "switched off: change of \(state.contributionMeasure.title(all.score)), \(all.basisText)"
}

extension Cell {
  /// The colour alone, where a glyph was put on it to tell the sign.
  func withoutSign(_ tier: DisplayTier) -> Cell {
    guard tier.hasSmoothColors, glyph == "-" || glyph == "+" else { return self }
    return Cell(" ", Style(background: style.background))
  }
}
