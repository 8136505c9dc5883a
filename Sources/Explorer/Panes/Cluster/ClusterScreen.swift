import Analysis
import Atlases
import Canvas
import Networks
import Tensors

/// One cluster: its neurons × classes, a row each, and what they look for.
func drawCluster(_ state: ExplorerState, in area: CellRect, on surface: inout Surface) {
  guard let layer = state.layer, let digest = surface.digest(state.selection.layer, state),
    let cluster = digest.cluster(of: state.selection.neuron)
  else { return }
  drawClusterTitle(cluster, layer, state, in: area.withHeight(1), on: &surface)
  let body = area.withoutTop(1)
  guard digest.statistics != nil else {
    drawWeightsAlone(
      place: digest.placeOfNeuron[state.selection.neuron], digest, layer, state, in: body,
      on: &surface)
    return
  }
  guard digest.hasData, !state.isZoomed else {
    let readout = drawClusterPictures(digest, layer, state, in: body, on: &surface)
    surface.readout = digest.hasData ? readout : [(state.absence, .warning)]
    return
  }
  let (map, pictures) = clusterAreas(body, rows: cluster.members.count, digest.classCount)
  let readout = drawClusterPictures(digest, layer, state, in: pictures, on: &surface)
  if state.facet == .contributions {
    let inner = surface.box(
      map, title: contributionTitle(digest.layer, state), isFocused: state.place.focus == 0)
    surface.mark(map, .part(0))
    drawContributionBars(digest.layer, cluster.members, state, in: inner, on: &surface)
    surface.readout =
      state.place.focus == 1 ? readout : state.contributionReadout
    return
  }
  let inner = surface.box(
    map,
    title:
      "\(state.statistic.title) · \(NumberText.counted(digest.statistics?.imageCount ?? 0, "image"))",
    badge: map.width > 70 ? scaleText(state) : "", isFocused: state.place.focus == 0)
  surface.mark(map, .part(0))
  drawHeatmap(
    HeatmapPart(
      clusters: [cluster.rows], isZoomed: true, scrollKey: .clusterRows, part: 0),
    digest, state, in: inner, on: &surface)
  surface.readout =
    state.place.focus == 1
    ? readout
    : cellReadout(digest, state) + state.pinnedReadout(digest, on: &surface)
}

private func drawClusterTitle(
  _ cluster: ClusterDigest, _ layer: Layer, _ state: ExplorerState, in area: CellRect,
  on surface: inout Surface
) {
  guard !surface.isSurvey else { return }
  let classes = cluster.topClasses.map(state.className).joined(separator: ", ")
  surface.line(
    [
      ("\(layer.name):\(cluster.title)", .header),
      (cluster.isPinned ? " · pinned" : "", .key),
      (cluster.note.map { " · \($0)" } ?? "", .value),
      (" · \(neuronsText(cluster.members.count)) of \(layer.neuronCount)", .label),
      (classes.isEmpty ? "" : " · strongest for \(classes)", .label),
      (" · \(state.activationNote(layer))", .dim),
    ], area.row, area.column, width: area.width)
}

/// Side by side on wide screens, else one over the other.
private func clusterAreas(
  _ body: CellRect, rows: Int, _ classCount: Int
) -> (map: CellRect, patches: CellRect) {
  if body.width >= 110 {
    let width = max(body.width / 2, min(body.width * 3 / 5, classCount * 6 + 11))
    return (body.withWidth(width), body.withoutLeft(width + 1))
  }
  let height = max(6, min(rows + 6, body.height * 11 / 20, body.height - 6))
  return (body.withHeight(height), body.withoutTop(height))
}

/// The strongest patch of every neuron, packed, or its kernel; returns what the cursor is on.
private func drawClusterPictures(
  _ digest: LayerDigest, _ layer: Layer, _ state: ExplorerState, in area: CellRect,
  on surface: inout Surface
) -> [(String, StyleRole)] {
  let place = digest.placeOfNeuron[state.selection.neuron]
  if state.showsKernels {
    drawKernelBox(
      place: place, digest, state, in: area,
      isFocused: state.place.focus == 1 || state.isZoomed, on: &surface)
    return kernelReadout(digest, state)
  }
  drawFeatureBox(place: place, digest, layer, state, in: area, on: &surface)
  return featureReadout(digest, state)
}
