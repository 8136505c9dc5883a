import Atlases
import Findings
import Networks

extension ExplorerState {
  /// What the cursor is on, as `go` and `/` understand it; nil where there is nothing.
  var addressAtCursor: String? {
    switch view {
    case .network: clusterAddress ?? layer?.name
    case .layer: place.focus == 0 ? clusterAddress ?? layer?.name : neuronAddress
    case .cluster: neuronAddress
    case .neuron: place.focus == 2 ? linkAddress ?? neuronAddress : neuronAddress
    case .classes, .whatIf:
      classNames.indices.contains(selection.classIndex)
        ? className(selection.classIndex) : nil
    case .pair: pairAddress
    case .images:
      imageAddress(
        listedImages.indices.contains(selection.item) ? listedImages[selection.item] : nil)
    case .flips:
      imageAddress(
        flippedImages().indices.contains(selection.item)
          ? flippedImages()[selection.item].image : nil)
    case .image:
      switch hasImageParts ? ImagePart(rawValue: place.focus) : nil {
      case .layers: layer?.name
      case .clusters: clusterAddress
      case .neurons: neuronAddress
      case nil: imageAddress(selection.image)
      }
    case .findings: finding?.id
    }
  }

  private var neuronAddress: String? {
    guard let layer, layer.neuronCount > 0 else { return nil }
    return "\(layer.name):\(selection.neuron)"
  }

  private var clusterAddress: String? {
    guard let layer, let cluster else { return nil }
    return "\(layer.name):\(cluster.letter)"
  }

  private var linkAddress: String? {
    let links = shownLinks
    guard links.indices.contains(selection.link) else { return nil }
    return address(links[selection.link])
  }

  private var pairAddress: String? {
    if place.focus == 0 {
      guard shownPairClusters.indices.contains(selection.item) else { return nil }
      let cluster = shownPairClusters[selection.item]
      let letter = digests[cluster.layer]?.clusters[cluster.place].letter ?? ""
      return "\(layerName(cluster.layer)):\(letter)"
    }
    guard shownPairNeurons.indices.contains(selection.link) else { return nil }
    let neuron = shownPairNeurons[selection.link]
    return "\(layerName(neuron.layer)):\(neuron.neuron)"
  }

  private func imageAddress(_ image: Int?) -> String? {
    guard let image, (0..<(atlas.dataset?.count ?? 0)).contains(image) else { return nil }
    return imageName(image)
  }
}
