import Canvas
import Tensors

/// The neuron's value for each class as bars.
func drawClassBars(
  _ digest: LayerDigest, _ state: ExplorerState, in area: CellRect, on surface: inout Surface
) {
  if state.facet == .contributions {
    let inner = surface.box(
      area, title: contributionTitle(digest.layer, state), isFocused: state.place.focus == 1)
    surface.mark(area, .part(1))
    drawContributionBars(digest.layer, [state.selection.neuron], state, in: inner, on: &surface)
    return
  }
  let order = state.barOrder(digest, state.selection.neuron)
  let inner = surface.box(
    area, title: state.statistic.title,
    badge: state.usesLabelOrder ? "label order" : "strongest first",
    isFocused: state.place.focus == 1)
  surface.mark(area, .part(1))
  guard let values = digest.values(state.statistic), !order.isEmpty else {
    let reason = digest.statistics == nil ? state.absence : "the images carry no labels"
    surface.text(reason, inner.row, inner.column + 1, .warning, width: inner.width - 2)
    return
  }
  let row = order.map { values[state.selection.neuron, $0] }
  let peak = row.reduce(Float(0)) { $1.isFinite ? max($0, $1.magnitude) : $0 }
  let isSigned = row.contains { $0 < 0 }
  let at = order.firstIndex(of: state.selection.classIndex) ?? 0
  let start = surface.scrollStart(
    .classRows, state, cursor: at, count: order.count, visible: inner.height)
  let nameWidth = max(3, min(12, inner.width / 3))
  for offset in 0..<min(inner.height, order.count - start) {
    let place = start + offset
    let line = CellRect(
      row: inner.row + offset, column: inner.column, height: 1, width: inner.width)
    surface.mark(line, .classRow(order[place]), part: 1)
    surface.text(
      state.className(order[place]), line.row, line.column + 1, .label, width: nameWidth)
    if place == at { surface.restyle(line.withWidth(nameWidth + 2), .selection) }
    let bar = line.withoutLeft(nameWidth + 3)
    let barWidth = max(0, bar.width - 8)
    let share = peak > 0 && row[place].isFinite ? Double(row[place] / peak) : 0
    if isSigned {
      surface.signedBar(share, bar.row, bar.column, width: barWidth)
    } else {
      surface.bar(share, bar.row, bar.column, width: barWidth, .progress)
    }
    surface.text(
      state.statistic.text(row[place]), bar.row, bar.column, .value,
      width: max(0, bar.width - 1), alignment: .trailing)
  }
}
