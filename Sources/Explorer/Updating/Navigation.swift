import Analysis
import Atlases
import Networks

extension ExplorerState {
  /// Deepest way in that is remembered.
  private static var depthLimit: Int { 64 }

  /// One step inwards.
  mutating func push(_ view: ExplorerView, before: Selection? = nil) {
    hasJumped = true
    places.append(Place(view: view, selectionBefore: before))
    if places.count > Self.depthLimit { places.remove(at: 1) }
    if [.layer, .cluster].contains(view), atlas.dataset == nil { place.focus = 1 }
    selection.item = 0
  }

  /// Leads somewhere else; the way out leads back to what was selected.
  mutating func jump(to view: ExplorerView, _ select: (inout ExplorerState) -> Void) {
    hasJumped = true
    let before = selection
    select(&self)
    if place.view == view {
      if place.selectionBefore == nil { place.selectionBefore = before }
    } else {
      push(view, before: before)
    }
  }

  /// One step outwards; from the outermost screen back to the run, where there is one.
  mutating func leave() {
    if places.count > 1 {
      goOut()
    } else if classPath != nil {
      classPath = nil
    } else if moment != nil {
      hasQuit = true
    }
  }

  mutating func goOut() {
    guard places.count > 1 else { return }
    hasJumped = true
    let left = places.removeLast()
    if let before = left.selectionBefore, isValid(before) { selection = before }
    ensureImageList()
    if left.view == .image, [.images, .flips].contains(view) {
      selection.item = min(imageListItem, max(0, listCount - 1))
    } else if left.selectionBefore == nil, [.images, .classes, .image, .flips].contains(view) {
      selection.item = min(selection.item, max(0, listCount - 1))
    }
    if view == .network { revealSelected() }
  }

  /// The pane that stands for the selected layer becomes the selected one.
  mutating func revealSelected() {
    guard let node = arrangement.node(showing: selection.layer) else { return }
    let shown = arrangement.nodes[node]
    if shown.layer != selection.layer { reveal(selection.layer) }
  }

  private func isValid(_ selection: Selection) -> Bool {
    let layers = atlas.network.layers
    return layers.indices.contains(selection.layer)
      && (0..<max(1, layers[selection.layer].neuronCount)).contains(selection.neuron)
  }

  mutating func goIn() {
    switch view {
    case .network:
      if networkZoom == .all { networkZoom = .panes } else if layer != nil { push(.layer) }
    case .layer: enter(.cluster)
    case .cluster: enter(.neuron)
    case .neuron: goInFromNeuron()
    case .classes:
      push(.images)
      imageFilter = ImageFilter(truth: selection.classIndex, predicted: selection.predicted)
    case .pair: goInFromPair()
    case .whatIf: if shelf.selected != nil { push(.flips) }
    case .images, .flips:
      let images = view == .images ? listedImages : flippedImages().map(\.image)
      guard images.indices.contains(selection.item) else {
        message = "no image here"
        return
      }
      let item = selection.item
      open(image: images[item])
      imageListItem = item
    case .image: goInFromImage()
    case .findings: openEvidence()
    }
  }

  private mutating func enter(_ view: ExplorerView) {
    guard let layer, layer.neuronCount > 0 else {
      message = "this layer has no neurons"
      return
    }
    push(view)
  }

  private mutating func goInFromNeuron() {
    switch place.focus {
    case 0:
      let patches = digest?.topPatches(selection.neuron) ?? []
      guard patches.indices.contains(selection.patch) else {
        message = "no image: \(absence)"
        return
      }
      open(image: Int(patches[selection.patch].image))
    case 1:
      guard let digest, let best = digest.classBest(selection.neuron, selection.classIndex)
      else {
        message = "no image of this class was seen"
        return
      }
      open(image: Int(best.image))
    default:
      let links = shownLinks
      guard links.indices.contains(selection.link), let layer = links[selection.link].layer
      else {
        message = "the network's input has no screen of its own"
        return
      }
      let neuron = links[selection.link].neuron
      push(.neuron, before: selection)
      place.focus = 2
      select(layer: layer)
      select(neuron: neuron)
    }
  }

  mutating func open(image: Int) {
    selection.image = image
    stepsThroughList = false
    push(.image)
    place.focus = ImagePart.clusters.rawValue
  }

  private mutating func goInFromImage() {
    if hasImageParts, let part = ImagePart(rawValue: place.focus) { return goInFromParts(part) }
    let found = neuronsExcited(by: selection.image)
    guard found.indices.contains(selection.item) else {
      message = "no neuron has this image among its strongest"
      return
    }
    let id = found[selection.item].neuron
    let before = selection
    push(.neuron, before: before)
    select(layer: id.layer.index)
    select(neuron: id.channel)
  }
}
