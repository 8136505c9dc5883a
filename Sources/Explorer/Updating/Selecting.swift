import Atlases
import Networks

extension ExplorerState {
  mutating func select(layer: Int) {
    let layers = atlas.network.layers
    guard layers.indices.contains(layer), layer != selection.layer else { return }
    if neuronOfLayer.indices.contains(selection.layer) {
      neuronOfLayer[selection.layer] = selection.neuron
    }
    selection.layer = layer
    selection.neuron = max(0, min(neuronOfLayer[layer], layers[layer].neuronCount - 1))
    selection.patch = 0
    selection.link = 0
  }

  mutating func select(neuron: Int) {
    let count = layer?.neuronCount ?? 0
    let bounded = max(0, min(neuron, count - 1))
    guard bounded != selection.neuron else { return }
    selection.neuron = bounded
    selection.patch = 0
    selection.link = 0
  }

  /// Selects the cluster at `place` through its strongest neuron, unless the selected neuron
  /// already lies in it.
  mutating func select(cluster place: Int) {
    guard let digest = readyDigest(selection.layer), !digest.clusters.isEmpty else { return }
    let bounded = max(0, min(place, digest.clusters.count - 1))
    let cluster = digest.clusters[bounded]
    guard !cluster.members.contains(selection.neuron) else { return }
    if let first = cluster.members.first { select(neuron: first) }
  }

  /// Place of the selected cluster in the selected layer.
  mutating func selectedClusterPlace() -> Int {
    guard let digest = readyDigest(selection.layer),
      digest.placeOfNeuron.indices.contains(selection.neuron)
    else { return 0 }
    return digest.placeOfNeuron[selection.neuron]
  }

  /// Selects what was clicked.
  mutating func choose(_ target: Target) {
    switch target {
    case .pane, .cluster, .neuron: if view == .image { rememberWayOut() }
    default: break
    }
    switch target {
    case .pane(let layer): select(layer: layer)
    case .cluster(let layer, let place):
      select(layer: layer)
      select(cluster: place)
    case .neuron(let neuron, let classIndex):
      select(neuron: neuron)
      if let classIndex { selection.classIndex = classIndex }
    case .clusterPatch(let neuron, let patch), .patch(let neuron, let patch):
      select(neuron: neuron)
      selection.patch = patch
    case .classRow(let index): selection.classIndex = index
    case .link(let index): selection.link = index
    case .confusion(let truth, let predicted):
      selection.classIndex = truth
      selection.predicted = predicted
    case .item(let index): selection.item = index
    case .finding(let index): select(finding: index)
    case .suggestion(let index):
      prompt?.choice = index
      if let prompt { accept(prompt) }
    case .command(let command): run(command)
    case .whatIf(let place): shelf.place = place
    case .whatIfRow(let row): shelf.row = row
    case .part(let part): setFocus(part)
    }
  }
}
