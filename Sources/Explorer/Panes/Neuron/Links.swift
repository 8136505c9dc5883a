import Canvas
import Networks
import Tensors

/// The neuron's strongest inputs and outputs, under its kernel where that has no place of its
/// own.
func drawLinks(
  _ digest: LayerDigest, showsKernel: Bool, _ state: ExplorerState, in area: CellRect,
  on surface: inout Surface
) {
  guard area.height > 2 else { return }
  let inner = surface.box(
    area, title: "strongest inputs and outputs", isFocused: state.place.focus == 2)
  surface.mark(area, .part(2))
  let room = showsKernel && inner.height >= 9
  let used =
    room
    ? drawKernelRow(digest, limit: inner.height / 3, state, in: inner, on: &surface) : 0
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
  let peaks = linkPeaks(links)
  let longest = rows.compactMap { $0.link.map { cellWidth(of: state.address($0)) } }.max() ?? 6
  let nameWidth = max(6, min(longest, list.width / 2))
  for offset in 0..<max(0, min(list.height, rows.count - start)) {
    let line = CellRect(
      row: list.row + offset, column: list.column, height: 1, width: list.width)
    let row = rows[start + offset]
    let isInput = (row.index ?? 0) < links.inputs.count
    drawLinkRow(
      row, nameWidth: nameWidth, peak: isInput ? peaks.inputs : peaks.outputs, state, in: line,
      on: &surface)
  }
}

/// A heading, or one connection with its place among all.
private struct LinkRow {
  var heading = ""
  var link: NeuronLink?
  var index: Int?
}

/// What the bars run to: one figure for both ways where they are of one measure.
private func linkPeaks(_ links: NeuronLinks) -> (inputs: Float, outputs: Float) {
  let ways = [links.inputs, links.outputs].map { way in
    way.map(\.strength.magnitude).max() ?? 0
  }
  let both = max(ways[0], ways[1])
  let isOne = (links.inputImages == nil) == (links.outputImages == nil)
  let peaks = isOne ? (both, both) : (ways[0], ways[1])
  return (peaks.0 > 0 ? peaks.0 : 1, peaks.1 > 0 ? peaks.1 : 1)
}

/// `from`, or `from, by influence on 200 images`.
private func heading(_ way: String, _ images: Int?) -> String {
  images.map { "\(way), by influence on \(NumberText.counted($0, "image"))" } ?? way
}

private func linkRows(_ links: NeuronLinks) -> [LinkRow] {
  var rows: [LinkRow] = []
  if !links.inputs.isEmpty {
    rows.append(LinkRow(heading: heading("from", links.inputImages)))
  }
  for (index, link) in links.inputs.enumerated() { rows.append(LinkRow(link: link, index: index)) }
  if !links.outputs.isEmpty {
    rows.append(LinkRow(heading: heading("to", links.outputImages)))
  }
  for (index, link) in links.outputs.enumerated() {
    rows.append(LinkRow(link: link, index: links.inputs.count + index))
  }
  return rows
}

private func drawLinkRow(
  _ row: LinkRow, nameWidth: Int, peak: Float, _ state: ExplorerState, in line: CellRect,
  on surface: inout Surface
) {
  guard let link = row.link, let index = row.index else {
    surface.text(row.heading, line.row, line.column + 1, .dim, width: line.width - 2)
    return
  }
  surface.mark(line, .link(index), part: 2)
  let value = NumberText.compact(Double(link.strength))
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
