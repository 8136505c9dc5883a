import Canvas
import Networks
import Tensors

/// Rows of a pane shared out to its clusters: a label each and, where there is room, the facet.
struct ClusterSlots {
  /// First cluster shown, and rows of it and those after it.
  var start: Int
  var heights: [Int]

  /// Equal shares where every cluster's facet has the rows it needs; else labels for all, and
  /// the facet for the selected cluster, then for the first ones while rows last; else as many
  /// labels as there are rows.
  ///
  /// - Parameters:
  ///   - needs: Rows the facet needs and the most it takes.
  ///   - start: First cluster shown where not even the labels fit.
  init(_ count: Int, height: Int, needs: ClosedRange<Int>, selected: Int, start: Int) {
    self.start = count > height ? start : 0
    let shown = min(count, height)
    heights = Array(repeating: 1, count: shown)
    guard shown == count, count > 0 else { return }
    var left = height - count
    if left / count >= needs.lowerBound {
      let share = min(left / count, needs.upperBound)
      left = share < needs.upperBound ? left % count : 0
      heights = (0..<count).map { 1 + share + ($0 < left ? 1 : 0) }
      return
    }
    for place in [selected] + heights.indices.filter({ $0 != selected })
    where left >= needs.lowerBound && heights.indices.contains(place) {
      heights[place] += needs.lowerBound
      left -= needs.lowerBound
    }
    if heights.indices.contains(selected), heights[selected] > 1 {
      heights[selected] += min(left, needs.upperBound - needs.lowerBound)
    }
  }
}

extension Facet {
  /// Rows of use below a cluster's label, and the most that are.
  var rowNeeds: ClosedRange<Int> {
    switch self {
    case .features: FeatureTile.smallest.height...12
    case .weights: 2...8
    case .activations: 1...11
    case .health, .contributions: 1...2
    }
  }
}

/// The clusters one under the other; returns the row of each one's label.
func drawClusterBlocks(
  _ digest: LayerDigest, _ layer: Layer, isSelected: Bool, _ lights: EdgeLights,
  _ state: ExplorerState,
  in area: CellRect, on surface: inout Surface
) -> [Int?] {
  let count = digest.clusters.count
  var rows: [Int?] = Array(repeating: nil, count: count)
  guard count > 0, area.height > 0 else { return rows }
  let neuron = isSelected ? state.selection.neuron : state.neuronOfLayer[digest.layer]
  let selected =
    digest.placeOfNeuron.indices.contains(neuron) ? digest.placeOfNeuron[neuron] : 0
  let start = surface.scrollStart(
    .clusters(layer: digest.layer), state, cursor: selected, count: count, visible: area.height)
  let slots = ClusterSlots(
    count, height: area.height, needs: state.facet.rowNeeds, selected: selected, start: start)
  var row = area.row
  for (offset, height) in slots.heights.enumerated() {
    let place = slots.start + offset
    let block = CellRect(row: row, column: area.column, height: height, width: area.width)
    rows[place] = row
    surface.mark(block, .cluster(layer: digest.layer, place: place))
    let below = block.withoutTop(1)
    var note = ""
    if below.height > 0 {
      note = drawFacet(digest.clusters[place], digest, layer, state, in: below, on: &surface)
    }
    let isLit = lights.share(layer: digest.layer, place: place) >= 0.1
    drawClusterLabel(
      digest.clusters[place], note, isLit: isLit, isSelected: isSelected && place == selected,
      state,
      in: block.withHeight(1), on: &surface)
    row += height
  }
  drawHiddenCount(slots.start, count - slots.start - slots.heights.count, in: area, on: &surface)
  return rows
}

private func drawClusterLabel(
  _ cluster: ClusterDigest, _ note: String, isLit: Bool, isSelected: Bool, _ state: ExplorerState,
  in area: CellRect, on surface: inout Surface
) {
  let role: StyleRole = cluster.label == -1 ? .dead : .label
  let noteWidth = note.isEmpty ? 0 : cellWidth(of: note) + 1
  var used = surface.line(
    [
      (cluster.title, cluster.label == -1 ? .dead : isLit ? .key : .title),
      (" \(cluster.members.count)", .value),
    ], area.row, area.column, width: area.width)
  let room = area.width - used - noteWidth - 1
  let names = fittingNames(cluster.topClasses.map(state.className), width: room)
  used += 1
  surface.text(names, area.row, area.column + used, role, width: max(0, room))
  surface.text(
    note, area.row, area.column, .dim, width: area.width, alignment: .trailing)
  if isSelected { surface.restyle(area, .selection) }
}

/// Whole names while they fit; the first one cut where not even that does.
func fittingNames(_ names: [String], width: Int) -> String {
  var text = ""
  for name in names {
    let longer = text.isEmpty ? name : "\(text) \(name)"
    if cellWidth(of: longer) > width { break }
    text = longer
  }
  return text.isEmpty ? names.first.map { truncated($0, to: max(0, width)) } ?? "" : text
}

/// How many clusters lie out of sight, at the right end of the first and last row.
private func drawHiddenCount(
  _ above: Int, _ below: Int, in area: CellRect, on surface: inout Surface
) {
  if above > 0 {
    surface.text(
      " ▴\(above)", area.row, area.column, .key, width: area.width, alignment: .trailing)
  }
  if below > 0 {
    surface.text(
      " ▾\(below)", area.endRow - 1, area.column, .key, width: area.width, alignment: .trailing)
  }
}
