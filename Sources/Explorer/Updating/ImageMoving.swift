import Atlases
import Networks

extension ExplorerState {
  /// Whether what fires on the selected image can be walked through.
  var hasImageParts: Bool { view == .image && look != nil }

  /// Whether the next image is that of the list.
  var stepsInList: Bool {
    guard view == .image else { return false }
    return stepsThroughList || (places.count > 1 && places[places.count - 2].view == .images)
  }

  /// Through the rows of the part in focus; sideways from part to part.
  mutating func moveInImage(_ move: Move) {
    guard hasImageParts, let part = ImagePart(rawValue: place.focus) else {
      selection.item = move.moved(selection.item, count: listCount, page: page)
      return
    }
    if move.sideways != 0 {
      setFocus(place.focus + move.sideways)
      return
    }
    rememberWayOut()
    switch part {
    case .layers:
      select(
        layer: move.moved(selection.layer, count: atlas.network.layers.count, page: page))
      selectStrongest()
    case .clusters:
      guard let scores = readyScores(selection.layer) else { return }
      let at = scores.order.firstIndex(of: selectedClusterPlace()) ?? 0
      let next = move.moved(at, count: scores.order.count, page: page)
      if scores.order.indices.contains(next) { selectStrongest(cluster: scores.order[next]) }
    case .neurons:
      guard let scores = readyScores(selection.layer), let cluster else { return }
      let members = scores.ordered(cluster.members)
      let at = members.firstIndex(of: selection.neuron) ?? 0
      let next = move.moved(at, count: members.count, page: page)
      if members.indices.contains(next) { select(neuron: members[next]) }
    }
  }

  /// Selects the cluster of the selected layer that the image excites most, through the neuron
  /// of it that is excited most.
  mutating func selectStrongest() {
    guard let best = readyScores(selection.layer)?.order.first else { return }
    selectStrongest(cluster: best)
  }

  private mutating func selectStrongest(cluster place: Int) {
    guard let scores = readyScores(selection.layer),
      let clusters = readyDigest(selection.layer)?.clusters, clusters.indices.contains(place),
      let neuron = scores.ordered(clusters[place].members).first
    else { return }
    select(neuron: neuron)
  }

  /// What was selected before the image screen moved the selection comes back on the way out.
  mutating func rememberWayOut() {
    if place.selectionBefore == nil { place.selectionBefore = selection }
  }

  /// From the part in focus to the screen of what is selected in it.
  mutating func goInFromParts(_ part: ImagePart) {
    rememberWayOut()
    switch part {
    case .layers: push(.layer)
    case .clusters: push(.cluster)
    case .neurons: push(.neuron)
    }
  }

  /// The class an image was taken for; nil for an output that is none of the data set's.
  func predictedClass(of image: Int) -> Int? {
    guard let prediction = prediction(of: image) else { return nil }
    return atlas.classification?.outputOfClass.firstIndex(of: Int(prediction.output))
  }
}
