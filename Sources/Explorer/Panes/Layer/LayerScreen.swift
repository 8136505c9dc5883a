import Analysis
import Atlases
import Canvas
import Networks
import Tensors

/// One layer: its clusters at the left, all its neurons × classes at the right.
func drawLayer(_ state: ExplorerState, in area: CellRect, on surface: inout Surface) {
  guard let layer = state.layer else { return }
  drawLayerTitle(layer, state, in: area.withHeight(1), on: &surface)
  let body = area.withoutTop(1)
  guard let digest = surface.digest(state.selection.layer, state) else { return }
  guard digest.statistics != nil else {
    drawWeightsAlone(place: nil, digest, layer, state, in: body, on: &surface)
    return
  }
  let (list, map) = sideAndBody(body)
  drawClusterList(digest, state, in: list, on: &surface)
  if state.layerFacet == .weights {
    drawKernelBox(
      place: nil, digest, state, in: map, isFocused: state.place.focus == 1, on: &surface)
    surface.readout = kernelReadout(digest, state)
    return
  }
  if state.layerFacet == .features {
    drawFeatureBox(place: nil, digest, layer, state, in: map, on: &surface)
    surface.readout = featureReadout(digest, state)
    return
  }
  if state.layerFacet == .contributions {
    let inner = surface.box(
      map, title: contributionTitle(digest.layer, state),
      badge: map.width > 100 ? scaleText(state) : "", isFocused: state.place.focus == 1)
    surface.mark(map, .part(1))
    drawContributionTable(digest, state, in: inner, on: &surface)
    surface.readout = state.contributionReadout
    return
  }
  let inner = surface.box(
    map, title: mapTitle(digest, state), badge: map.width > 70 ? scaleText(state) : "",
    isFocused: state.place.focus == 1)
  surface.mark(map, .part(1))
  let rows = drawHeatmap(
    HeatmapPart(
      clusters: digest.clusters.map(\.rows), isZoomed: state.isZoomed,
      scrollKey: .rows(layer: digest.layer), part: 1),
    digest, state, in: inner, on: &surface)
  if let rows, map.height > 2 {
    surface.line(
      [(" \(binText(digest, rows)) ", rows.isBinned ? .warning : .dim)], map.endRow - 1,
      map.column + 2, width: map.width - 4)
  }
  surface.readout = cellReadout(digest, state) + state.pinnedReadout(digest, on: &surface)
}

/// A list's room at the left of the screen, and the rest.
func sideAndBody(_ area: CellRect) -> (side: CellRect, body: CellRect) {
  let width = max(22, min(40, area.width / 3))
  return (area.withWidth(width), area.withoutLeft(width + 1))
}

/// `layer3.1.conv2 · 64 neurons · 8×8 · after Relu …`.
func drawLayerTitle(
  _ layer: Layer, _ state: ExplorerState, in area: CellRect, on surface: inout Surface
) {
  guard !surface.isSurvey else { return }
  var pieces: [(String, StyleRole)] = [
    (layer.name, .header), (" · \(layer.operatorName) \(kernelText(layer))", .label),
    (" · \(neuronsText(layer.neuronCount))", .label),
  ]
  if let shape = layer.outputShape { pieces.append((" · \(shape.description)", .dim)) }
  pieces.append((" · \(state.activationNote(layer))", .dim))
  surface.line(pieces, area.row, area.column, width: area.width)
}

private func mapTitle(_ digest: LayerDigest, _ state: ExplorerState) -> String {
  let images = NumberText.counted(digest.statistics?.imageCount ?? 0, "image")
  return "\(state.statistic.title) · \(images)"
}

/// The cluster list with the quality of the grouping and of the order under it.
private func drawClusterList(
  _ digest: LayerDigest, _ state: ExplorerState, in area: CellRect, on surface: inout Surface
) {
  let inner = surface.box(
    area, title: NumberText.counted(digest.clusters.count, "cluster"),
    badge: digest.silhouette.map { "silhouette \(NumberText.fixed($0, 2))" }
      ?? (digest.isEdited ? "edited" : ""),
    isFocused: state.place.focus == 0)
  surface.mark(area, .part(0))
  let notes = orderNotes(digest, state).flatMap { wrapped($0, to: inner.width - 2) }
  let spare = inner.height - 2 * digest.clusters.count
  let notesHeight = inner.height >= 10 ? min(notes.count, max(2, min(8, spare))) : 0
  let list = inner.withHeight(inner.height - notesHeight)
  let two = list.height >= digest.clusters.count * 2
  let height = two ? 2 : 1
  let selected = digest.cluster(of: state.selection.neuron)
  let at = digest.clusters.firstIndex { $0.letter == selected?.letter } ?? 0
  let visible = max(1, list.height / height)
  let start = surface.scrollStart(
    .clusters(layer: -1), state, cursor: at, count: digest.clusters.count, visible: visible)
  for place in start..<min(digest.clusters.count, start + visible) {
    let row = CellRect(
      row: list.row + (place - start) * height, column: list.column, height: height,
      width: list.width)
    drawClusterRow(
      digest.clusters[place], at: place, of: digest.layer, isSelected: place == at, state, in: row,
      on: &surface)
    surface.mark(row, .cluster(layer: digest.layer, place: place), part: 0)
  }
  for (offset, note) in notes.prefix(notesHeight).enumerated() {
    surface.text(
      note, inner.endRow - notesHeight + offset, inner.column + 1, .dim, width: inner.width - 2)
  }
}

/// The text in lines of at most `width` columns, broken at blanks; later lines are indented.
func wrapped(_ text: String, to width: Int) -> [String] {
  var lines: [String] = []
  for word in text.split(separator: " ") {
    if let last = lines.last, cellWidth(of: last) + 1 + cellWidth(of: word) <= width {
      lines[lines.count - 1] = "\(last) \(word)"
    } else {
      lines.append(lines.isEmpty ? String(word) : "  \(word)")
    }
  }
  return lines
}

private func drawClusterRow(
  _ cluster: ClusterDigest, at place: Int, of layer: Int, isSelected: Bool,
  _ state: ExplorerState, in area: CellRect, on surface: inout Surface
) {
  let lit = state.pinnedScore(layer, place, on: &surface).map { "\(scoreText($0)) s.d." }
  guard !surface.isSurvey else { return }
  let classes = cluster.topClasses.map(state.className).joined(separator: " ")
  let isDead = cluster.label == -1
  let count = "\(cluster.members.count)"
  let tail = area.height > 1 ? "" : "  \(classes)"
  let unit = cluster.members.count == 1 ? " neuron" : " neurons"
  surface.line(
    [
      (" \(cluster.title)", isDead ? .dead : .title),
      (cluster.isPinned ? " pinned" : "", .key), ("  \(count)", .value),
      (area.height > 1 && lit == nil ? unit : "", .label),
      (lit == nil ? "" : "  ", .label), (lit ?? "", .match), (tail, .label),
      (markText(cluster, of: layer, state), .key),
    ], area.row, area.column, width: area.width)
  if area.height > 1 {
    surface.text(
      cluster.note ?? (isDead ? "never above 0" : classes), area.row + 1, area.column + 4, .label,
      width: max(0, area.width - 5))
  }
  if isSelected { surface.restyle(area.withHeight(1), .selection) }
}

/// `  *3` where three of the cluster's neurons are marked.
private func markText(
  _ cluster: ClusterDigest, of layer: Int, _ state: ExplorerState
) -> String {
  let count = cluster.members.count { state.isMarked($0, in: layer) }
  return count == 0 ? "" : "  *\(count)"
}

/// How good the orders are, in words.
func orderNotes(_ digest: LayerDigest, _ state: ExplorerState) -> [String] {
  var notes: [String] = []
  if state.dividing != nil { notes.append("clustering anew…") }
  if state.reordering[digest.layer] != nil {
    notes.append("rows: being ordered for the edited clusters…")
  } else if let rows = state.rowOrder(of: digest), state.sortClass == nil {
    notes.append("rows: \(orderText(rows.pathLength, rows.gap))")
  }
  if let columns = digest.columnSeriation {
    notes.append(
      state.usesLabelOrder
        ? "columns: in label order"
        : "columns: \(orderText(columns.pathLength, columns.gap))")
  }
  if let sort = state.sortClass, digest.classCount > sort {
    notes.append("clusters: by \(state.className(sort)), each neuron to its own peak")
  }
  if let method = digest.method { notes.append(method) }
  return notes
}

extension ExplorerState {
  /// How the order of a layer's rows came out; nil where it was not computed. Not part of the digest: its
  /// bound may come later than all else.
  fileprivate func rowOrder(of digest: LayerDigest) -> SeriationResult? {
    guard atlas.layers.indices.contains(digest.layer) else { return nil }
    return atlas.layers[digest.layer].rowOrder.flatMap {
      $0.order.count == digest.neuronCount ? $0 : nil
    }
  }
}

private func orderText(_ length: Double, _ gap: Double?) -> String {
  let path = "path \(NumberText.compact(length))"
  guard let gap else { return path }
  return gap < 0.0005
    ? "\(path), optimal" : "\(path), at most \(NumberText.percent(gap)) above optimal"
}

/// The figure under the cursor, with all that it rests on.
func cellReadout(_ digest: LayerDigest, _ state: ExplorerState) -> [(String, StyleRole)] {
  guard let values = digest.values(state.statistic), let layer = state.layer,
    (0..<digest.neuronCount).contains(state.selection.neuron),
    (0..<digest.classCount).contains(state.selection.classIndex)
  else { return [] }
  let classIndex = state.selection.classIndex
  let value = values[state.selection.neuron, classIndex]
  let count = digest.statistics?.classCounts[classIndex] ?? 0
  return [
    ("\(layer.name):\(state.selection.neuron)", .value),
    (" × \(state.className(classIndex))", .value),
    ("  \(state.statistic.text(value))", .key),
    (" \(state.statistic.title), \(NumberText.counted(count, "image"))", .label),
  ]
}

extension Statistic {
  /// A figure in digits; a dash for a score that does not exist, as a neuron that does not vary has.
  func text(_ value: Float) -> String {
    self == .selectivity && !value.isFinite ? "–" : NumberText.compact(Double(value))
  }
}

/// How neurons share rows.
private func binText(_ digest: LayerDigest, _ rows: HeatRows) -> String {
  guard rows.isBinned else { return "one row a neuron" }
  let count = rows.rows.count { !$0.isEmpty }
  return
    "\(neuronsText(digest.neuronCount)) in \(NumberText.counted(count, "row")), mean per row; z zooms"
}
