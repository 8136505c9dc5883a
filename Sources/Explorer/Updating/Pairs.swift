import Atlases
import Networks

extension ExplorerState {
  /// The two classes of the selected cell of the confusion matrix.
  var selectedPair: ClassPair {
    ClassPair(first: selection.classIndex, second: selection.predicted)
  }

  /// Opens what tells the two classes of the selected cell apart.
  mutating func showPair() {
    guard selectedPair.first != selectedPair.second, selectedPair.second < classCount else {
      message = "choose a cell off the diagonal: its row and column are the two classes"
      return
    }
    push(.pair)
  }

  /// Works out the pair that shows, unless that was done.
  mutating func ensurePair() {
    guard view == .pair, pairDigest?.pair != selectedPair else { return }
    workings.pairDigest = PairDigest(
      selectedPair, atlas.network.layers.indices.compactMap { readyDigest($0) })
  }

  /// As shown: best first, or last.
  var shownPairClusters: [PairDigest.Cluster] {
    let all = pairDigest?.clusters ?? []
    return isPairReversed ? all.reversed() : all
  }

  var shownPairNeurons: [PairDigest.Neuron] {
    let all = pairDigest?.neurons ?? []
    return isPairReversed ? all.reversed() : all
  }

  mutating func moveInPair(_ move: Move) {
    if place.focus == 0 {
      selection.item = move.moved(selection.item, count: shownPairClusters.count, page: page)
    } else {
      selection.link = move.moved(selection.link, count: shownPairNeurons.count, page: page)
    }
    if move.sideways != 0 { setFocus(move.sideways > 0 ? 1 : 0) }
  }

  mutating func goInFromPair() {
    if place.focus == 0 {
      guard shownPairClusters.indices.contains(selection.item) else { return }
      let cluster = shownPairClusters[selection.item]
      jump(to: .cluster) {
        $0.select(layer: cluster.layer)
        $0.select(cluster: cluster.place)
      }
    } else {
      guard shownPairNeurons.indices.contains(selection.link) else { return }
      let neuron = shownPairNeurons[selection.link]
      jump(to: .neuron) {
        $0.select(layer: neuron.layer)
        $0.select(neuron: neuron.neuron)
      }
    }
  }
}
