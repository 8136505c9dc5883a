import Atlases
import Networks

/// A screen, what is selected on it, and the way in.
struct Whereabouts: Equatable, Sendable {
  var places: [Place]
  var selection: Selection
}

extension ExplorerState {
  var whereabouts: Whereabouts { Whereabouts(places: places, selection: selection) }

  /// `neuron conv1:12`, `classes cat`: a screen and what is looked at there.
  func placeTitle(_ view: ExplorerView, _ selection: Selection) -> String {
    let layer = layerName(selection.layer)
    let detail =
      switch view {
      case .network, .layer: layer
      case .cluster:
        digests[selection.layer]?.cluster(of: selection.neuron).map { "\(layer):\($0.letter)" }
          ?? "of \(layer):\(selection.neuron)"
      case .neuron: "\(layer):\(selection.neuron)"
      case .classes, .pair, .images: className(selection.classIndex)
      case .image: imageName(selection.image)
      case .findings, .whatIf, .flips: ""
      }
    return detail.isEmpty ? view.rawValue : "\(view.rawValue) \(detail)"
  }

  /// Shows a place again; what the atlas no longer has is replaced by what comes first.
  mutating func show(_ goal: Whereabouts) {
    places = goal.places
    selection = goal.selection.fitting(atlas)
    if view == .network { revealSelected() }
  }
}

extension Selection {
  /// The same, with what `atlas` lacks set to the first there is.
  func fitting(_ atlas: Atlas) -> Selection {
    var fitted = self
    func bound(_ value: inout Int, _ count: Int) {
      if !(0..<max(1, count)).contains(value) { value = 0 }
    }
    let layers = atlas.network.layers
    bound(&fitted.layer, layers.count)
    bound(&fitted.neuron, layers.isEmpty ? 0 : layers[fitted.layer].neuronCount)
    bound(&fitted.classIndex, atlas.classNames.count)
    bound(&fitted.predicted, atlas.classNames.count + 1)
    bound(&fitted.image, atlas.dataset?.count ?? 0)
    for path in [\Selection.patch, \.link, \.item] {
      bound(&fitted[keyPath: path], 1 << 40)
    }
    return fitted
  }
}
