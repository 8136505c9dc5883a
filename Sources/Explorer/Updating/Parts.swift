import Analysis
import Atlases
import Findings
import Networks

extension ExplorerState {
  /// Parts of a screen the arrow keys can move in.
  var partCount: Int {
    switch view {
    case .network, .classes, .images, .findings, .whatIf, .flips: 1
    case .image: ImagePart.allCases.count
    case .layer, .cluster, .pair: 2
    case .neuron: 3
    }
  }

  mutating func setFocus(_ part: Int) {
    place.focus = max(0, min(part, partCount - 1))
  }

  mutating func stepPart(by step: Int) {
    if view == .network {
      stepPane(by: step)
    } else {
      place.focus = (place.focus + step + partCount) % partCount
    }
  }

  /// The next layer, cluster, neuron or image at the same level.
  mutating func stepSibling(by step: Int) {
    switch view {
    case .layer: select(layer: selection.layer + step)
    case .cluster: select(cluster: selectedClusterPlace() + step)
    case .neuron: stepNeuron(by: step)
    case .image: stepImage(by: step)
    case .network, .classes, .images, .pair, .findings, .whatIf, .flips: break
    }
  }

  /// The neuron in the next row of the layer's heatmap.
  mutating func stepNeuron(by step: Int) {
    guard let digest = readyDigest(selection.layer), let row = digest.row(of: selection.neuron)
    else { return }
    select(neuron: digest.rows[max(0, min(row + step, digest.rows.count - 1))])
  }

  /// The next image of where this one was opened: a confusion cell, a neuron's patches.
  private mutating func stepImage(by step: Int) {
    let opener = places.count > 1 ? places[places.count - 2] : Place(view: .image)
    if stepsInList || opener.view == .flips {
      let images = stepsInList ? listedImages : flippedImages().map(\.image)
      let next = max(0, min(imageListItem + step, images.count - 1))
      guard images.indices.contains(next) else { return }
      if next == imageListItem, selection.image == images[next] {
        message = step > 0 ? "the last of \(images.count)" : "the first of \(images.count)"
      }
      imageListItem = next
      selection.image = images[next]
    } else if opener.view == .findings, let images = finding?.images, !images.isEmpty {
      let at = images.firstIndex(of: selection.image) ?? 0
      selection.image = images[max(0, min(at + step, images.count - 1))]
    } else if opener.view == .neuron, opener.focus == 0 {
      let patches = digest?.topPatches(selection.neuron) ?? []
      let next = max(0, min(selection.patch + step, patches.count - 1))
      guard patches.indices.contains(next) else { return }
      selection.patch = next
      selection.image = Int(patches[next].image)
    } else {
      selection.image = max(0, min(selection.image + step, (atlas.dataset?.count ?? 1) - 1))
    }
    selection.item = 0
  }
}
