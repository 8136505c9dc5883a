import Analysis
import Atlases
import Canvas
import Networks
import Tensors

/// How packed pictures are drawn and what can be pointed at.
struct FeatureLook {
  /// Neuron whose page shows and which is marked; nil for the first page.
  var selected: Int?
  /// Part of the screen the pictures can be clicked in; nil where they cannot.
  var part: Int?
  /// Whether clusters are told apart by their letters.
  var hasLetters = false
}

/// The strongest patch of each neuron, sized by importance, alike neurons together; returns the
/// page drawn, nil until it is worked out.
@discardableResult
func drawPackedFeatures(
  _ key: PackingKey, _ digest: LayerDigest, _ layer: Layer, _ look: FeatureLook,
  _ state: ExplorerState, in area: CellRect, on surface: inout Surface
) -> FeaturePage? {
  if look.part != nil { surface.survey.packing = key }
  if key.importance == .contribution { surface.askForSizes(digest, place: key.cluster, state) }
  guard let page = surface.page(PageRequest(key: key, neuron: look.selected), state) else {
    return nil
  }
  var lettered: Set<Int> = []
  for tile in page.tiles {
    let place = CellRect(
      row: area.row + tile.area.row, column: area.column + tile.area.column,
      height: tile.area.height, width: tile.area.width)
    if let patch = digest.topPatches(tile.neuron).first {
      surface.patch(patch, of: layer, in: place, state)
    }
    if look.hasLetters, lettered.insert(digest.placeOfNeuron[tile.neuron]).inserted {
      let letter = digest.clusters[digest.placeOfNeuron[tile.neuron]].letter
      surface.text(" \(letter) ", place.row, place.column, .title, width: place.width)
    }
    guard let part = look.part else { continue }
    surface.mark(place, .clusterPatch(neuron: tile.neuron, patch: 0), part: part)
    drawCaption(
      tile.neuron, isSelected: tile.neuron == look.selected,
      isMarked: state.isMarked(tile.neuron, in: digest.layer), in: place, on: &surface)
  }
  return page
}

/// The neuron's number over the foot of its picture, where that leaves enough of it.
private func drawCaption(
  _ neuron: Int, isSelected: Bool, isMarked: Bool, in place: CellRect, on surface: inout Surface
) {
  let foot = place.endRow - 1
  if isSelected {
    surface.text(
      " \(neuron)".padding(to: place.width), foot, place.column, .selection, width: place.width)
  } else if isMarked {
    surface.text(" \(neuron) ", foot, place.column, .match, width: place.width)
  } else if place.height > FeatureTile.smallest.height {
    surface.text("\(neuron) ", foot, place.column, .dim, width: place.width)
  }
}

extension String {
  /// With blanks at its end, up to `width` columns.
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - cellWidth(of: self)))
  }
}

extension ExplorerState {
  /// What sizes stand for, in words.
  ///
  /// - Parameter place: Of the cluster; nil for the layer.
  func importanceText(_ digest: LayerDigest, place: Int?) -> String {
    guard importance == .peak || digest.hasData else {
      return "equal sizes: \(importance.title) needs labelled images"
    }
    guard importance == .contribution, !unmeasured(digest, place: place).isEmpty else {
      return "size: \(importance.title)"
    }
    return measuring.refusals[digest.layer] == nil
      ? "equal sizes: contribution \(contributionAbsence(layer: digest.layer))"
      : "equal sizes: contribution cannot be had here"
  }
}

/// A box of packed pictures the arrow keys move in: one cluster's, or the whole layer's.
func drawFeatureBox(
  place: Int?, _ digest: LayerDigest, _ layer: Layer, _ state: ExplorerState,
  in area: CellRect, on surface: inout Surface
) {
  guard area.height > 3 else { return }
  let images = NumberText.counted(digest.statistics?.imageCount ?? 0, "image")
  let size = state.importanceText(digest, place: place)
  let title =
    area.width > 84
    ? "strongest patch of each neuron · \(size) · \(images)" : "patches · \(size)"
  let inner = surface.box(area, title: title, isFocused: state.place.focus == 1)
  surface.mark(area, .part(1))
  let tiles = CellRect(
    row: inner.row, column: inner.column + 1, height: inner.height, width: inner.width - 2)
  let key = PackingKey(
    layer: digest.layer, cluster: place, importance: state.importance,
    room: ScreenSize(height: tiles.height, width: tiles.width))
  let page = drawPackedFeatures(
    key, digest, layer,
    FeatureLook(selected: state.selection.neuron, part: 1, hasLetters: place == nil), state,
    in: tiles, on: &surface)
  guard let page else { return }
  let at = page.tiles.isEmpty ? nil : surface.pageNumber(key, state)
  let text =
    page.tiles.isEmpty
    ? "no room for a picture" : page.hidden > 0 || at != 0 ? moreText(page, at ?? 0) : ""
  surface.line(
    text.isEmpty ? [] : [(" \(text) ", .warning)], area.endRow - 1, area.column + 2,
    width: area.width - 4)
}

private func moreText(_ page: FeaturePage, _ at: Int) -> String {
  let rest =
    page.hidden > 0
    ? "+\(NumberText.counted(page.hidden, "neuron")) on later pages, PgDn" : "the last page"
  return "page \(at + 1) · \(rest)"
}

/// The selected neuron with the figure its picture's size stands for.
func featureReadout(
  _ digest: LayerDigest, _ state: ExplorerState
) -> [(String, StyleRole)] {
  let neuron = state.selection.neuron
  guard let statistics = digest.statistics, (0..<digest.neuronCount).contains(neuron) else {
    return []
  }
  let letter = digest.cluster(of: neuron)?.letter ?? ""
  let name: [(String, StyleRole)] = [
    ("\(state.layerName(digest.layer)):\(neuron)", .value), (" in \(letter)  ", .label),
  ]
  if state.importance == .contribution {
    return name + contributionReadout(of: neuron, digest, state)
  }
  let value = digest.importances[state.importance]?[neuron] ?? .nan
  let figure =
    value.isFinite ? "\(state.importance.title) \(NumberText.compact(value))" : "no figure"
  let images = NumberText.counted(statistics.imageCount, "image")
  return name + [(figure, .key), (", \(images)", .label)]
}

/// What switching the neuron off changes, with its standard error and what it rests on.
private func contributionReadout(
  of neuron: Int, _ digest: LayerDigest, _ state: ExplorerState
) -> [(String, StyleRole)] {
  guard state.atlas.layers.indices.contains(digest.layer),
    let all = state.atlas.layers[digest.layer].contributions,
    let entry = all.entry(of: [neuron]), entry.fits(classCount: all.classCounts.count)
  else { return [(state.contributionAbsence(layer: digest.layer), .dim)] }
  let change = entry.overallScoreChange(counts: all.classCounts)
  return [
    ("\(ContributionMeasure.score.text(change.mean, change.standardError))", .key),
    (" \(all.score.rawValue) when off, \(all.basisText)", .label),
  ]
}
