import Atlases

extension ExplorerState {
  /// Whether kernels fill the part of the screen that activations fill else.
  var showsKernels: Bool {
    switch view {
    case .layer: layerFacet == .weights || !hasFigures
    case .cluster: facet == .weights || !hasFigures
    default: false
    }
  }

  /// Whether the arrow keys move in them.
  var movesInKernels: Bool {
    showsKernels && (place.focus == 1 || view == .cluster && isZoomed)
  }

  /// Whether images ran through the selected layer.
  private var hasFigures: Bool {
    atlas.layers.indices.contains(selection.layer)
      && atlas.layers[selection.layer].statistics != nil
  }

  /// From kernel to kernel, row by row.
  mutating func moveInKernels(_ move: Move) {
    guard let digest = readyDigest(selection.layer), let row = digest.row(of: selection.neuron)
    else { return }
    let columns = max(1, surveyed(self).patchColumns ?? 1)
    let range = digest.rowRange(
      view == .cluster ? digest.placeOfNeuron[selection.neuron] : nil)
    let at = row - range.lowerBound
    if move == .left, at % columns == 0, view == .layer {
      place.focus = 0
      return
    }
    let next = move.moved(at, inGridOf: columns, count: range.count, page: columns * 4)
    if let next { select(neuron: digest.rows[range.lowerBound + next]) }
  }
}
