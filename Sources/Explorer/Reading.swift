import Analysis
import Atlases
import Networks
import Tensors

extension ExplorerState {
  /// Classes of a neuron's bar chart: strongest first, or in label order.
  func barOrder(_ digest: LayerDigest, _ neuron: Int) -> [Int] {
    let labels = Array(0..<digest.classCount)
    guard !usesLabelOrder, let values = digest.values(statistic),
      (0..<digest.neuronCount).contains(neuron)
    else { return labels }
    let key = { (classIndex: Int) -> Float in
      let value = values[neuron, classIndex]
      return value.isNaN ? -.infinity : value
    }
    return labels.sorted { (key($1), $0) < (key($0), $1) }
  }

  /// Links of the selected neuron in screen order: inputs, then outputs.
  var shownLinks: [NeuronLink] {
    let key = NeuronLinkKey(layer: selection.layer, neuron: selection.neuron)
    guard let links = outgoing[key] else { return [] }
    return links.inputs + links.outputs
  }

  /// Rows of the list on screen.
  var listCount: Int {
    switch view {
    case .images: listedImages.count
    case .image: neuronsExcited(by: selection.image).count
    case .flips: flippedImages().count
    default: 0
    }
  }

  /// Neurons that have an image among their strongest, by layer; at most 200.
  func neuronsExcited(by image: Int) -> [ExcitedNeuron] {
    var found: [ExcitedNeuron] = []
    for (index, part) in atlas.layers.enumerated() {
      guard let patches = part.statistics?.topPatches,
        atlas.network.layers.indices.contains(index),
        patches.count == atlas.network.layers[index].neuronCount
      else { continue }
      for (neuron, list) in patches.enumerated() {
        guard let place = list.firstIndex(where: { Int($0.image) == image }) else { continue }
        let id = NeuronID(layer: LayerID(index), channel: neuron)
        found.append(ExcitedNeuron(neuron: id, place: place, patch: list[place]))
        if found.count == 200 { return found }
      }
    }
    return found
  }
}

/// A neuron that an image excites more than nearly all others do.
struct ExcitedNeuron: Hashable, Sendable {
  var neuron: NeuronID
  /// Place among its strongest patches, from 0.
  var place: Int
  var patch: TopPatch
}
