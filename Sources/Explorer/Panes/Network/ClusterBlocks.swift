import Canvas
import Networks
import Tensors

/// Rows of a pane shared out to its clusters: a label each and, where there is room, the facet.
struct ClusterSlots {
  /// First cluster shown, and rows of it and those after it.
  var start: Int
  var heights: [Int]

  /// Where every cluster's facet gets the rows it needs, the rest goes to those that lack most of
  /// what they could use, then to all alike; else labels for all, and the facet for the selected
  /// cluster, then for the first ones while rows last; else as many labels as there are rows.
  ///
  /// - Parameters:
  ///   - needs: Of each cluster, rows its facet needs and rows it could use.
  ///   - most: Rows that no facet exceeds while others have less.
  ///   - start: First cluster shown where not even the labels fit.
  init(_ needs: [ClosedRange<Int>], height: Int, most: Int, selected: Int, start: Int) {
    let count = needs.count
    self.start = count > height ? start : 0
    let shown = min(count, max(0, height))
    heights = Array(repeating: 1, count: shown)
    guard shown == count, count > 0 else { return }
    let least = needs.reduce(0) { $0 + $1.lowerBound }
    if count + least <= height {
      share(height - count - least, needs, most)
      return
    }
    var left = height - count
    for place in [selected] + heights.indices.filter({ $0 != selected })
    where heights.indices.contains(place) && left >= needs[place].lowerBound {
      heights[place] += needs[place].lowerBound
      left -= needs[place].lowerBound
    }
    if heights.indices.contains(selected), heights[selected] > 1 {
      heights[selected] += min(left, max(0, most - needs[selected].lowerBound))
    }
  }

  private mutating func share(_ rows: Int, _ needs: [ClosedRange<Int>], _ most: Int) {
    for place in heights.indices { heights[place] += needs[place].lowerBound }
    let lack = { (place: Int, heights: [Int]) in
      Double(needs[place].upperBound + 1 - heights[place]) / Double(needs[place].upperBound)
    }
    for _ in 0..<rows {
      let hungry = heights.indices.filter { heights[$0] <= needs[$0].upperBound }
      let small = heights.indices.filter { heights[$0] <= most && needs[$0].upperBound > 1 }
      if let place = hungry.max(by: { (lack($0, heights), $1) < (lack($1, heights), $0) }) {
        heights[place] += 1
      } else if let place = small.min(by: { (heights[$0], $0) < (heights[$1], $1) }) {
        heights[place] += 1
      } else {
        return
      }
    }
  }
}

extension Facet {
  /// Rows below a cluster's label: those it needs to be of use, and those it could use.
  ///
  /// - Parameter width: Of the pane.
  func rowNeeds(
    _ cluster: ClusterDigest, _ kernels: KernelDigest?, width: Int
  ) -> ClosedRange<Int> {
    let count = max(1, cluster.members.count)
    switch self {
    case .features:
      if cluster.label == -1 { return 1...1 }
      let tile = FeatureTile.smallest
      let lines = (count + max(1, width / tile.width) - 1) / max(1, width / tile.width)
      return tile.height...max(tile.height, lines * tile.height)
    case .weights:
      // A row tells the norms.
      let rows = kernels.map { 1 + KernelGrid.leastHeight($0, count: count, width: width) }
      return 2...max(4, rows ?? 0)
    case .activations: return 1...max(1, min(11, count + 1))
    case .health, .contributions: return 1...2
    }
  }

  /// Rows that are too many while others have less.
  var mostRows: Int {
    switch self {
    case .features: 12
    case .weights: 8
    case .activations: 11
    case .health, .contributions: 2
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
    digest.clusters.map { state.facet.rowNeeds($0, digest.kernels, width: area.width) },
    height: area.height,
    most: state.facet.mostRows, selected: selected, start: start)
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
    let score = state.pinnedScore(digest.layer, place, on: &surface)
    let isLit = lights.share(layer: digest.layer, place: place) >= 0.1
    drawClusterLabel(
      digest.clusters[place], note, isLit: isLit, score: score,
      isSelected: isSelected && place == selected,
      state,
      in: block.withHeight(1), on: &surface)
    row += height
  }
  drawHiddenCount(slots.start, count - slots.start - slots.heights.count, in: area, on: &surface)
  return rows
}

private func drawClusterLabel(
  _ cluster: ClusterDigest, _ note: String, isLit: Bool, score: Double?, isSelected: Bool,
  _ state: ExplorerState,
  in area: CellRect, on surface: inout Surface
) {
  guard !surface.isSurvey else { return }
  let role: StyleRole = cluster.label == -1 ? .dead : .label
  let noteWidth = note.isEmpty ? 0 : cellWidth(of: note) + 1
  var used = surface.line(
    [
      (cluster.title, cluster.label == -1 ? .dead : isLit ? .key : .title),
      (" \(cluster.members.count)", .value),
      (score == nil ? "" : " ", .label),
      (score.map { "\($0 >= 0 ? "+" : "")\(NumberText.fixed($0, 1))" } ?? "", .match),
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
