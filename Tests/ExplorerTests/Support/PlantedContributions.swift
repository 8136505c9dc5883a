import Atlases
import Networks

@testable import Explorer

extension PlantedAtlas {
  /// The atlas with contributions of every cluster, and of neuron 0 of every layer: a cluster
  /// costs the classes it fires for, the more the later its layer, and helps one other a little.
  static func withContributions() -> Atlas {
    var atlas = make()
    for index in atlas.layers.indices.dropLast() {
      let layer = atlas.network.layers[index]
      let clusters = clusterCount(index)
      let groups = (0..<clusters).map { cluster in
        (0..<layer.neuronCount).filter { !isDead(index, $0) && $0 % clusters == cluster }
      }
      let entries = groups.enumerated().map { entry($0.element, cluster: $0.offset, index) }
      atlas.layers[index].contributions = LayerContributions(
        replacement: .zero, score: .logit, classCounts: Array(repeating: 20, count: 10),
        accuracyBefore: Array(repeating: 0.9, count: 10),
        entries: entries + [entry([0], cluster: 0, index)])
    }
    return atlas
  }

  private static func entry(_ neurons: [Int], cluster: Int, _ layer: Int) -> Contribution {
    let clusters = clusterCount(layer)
    let depth = Float(layer + 1)
    let change = (0..<10).map { index -> Float in
      if index % clusters == cluster { return -depth / 2 - Float(index) / 10 }
      return index == (cluster + 1) % 10 ? 0.25 : Float(index) / 100
    }
    return Contribution(
      neurons: neurons, scoreChange: change, scoreError: change.map { $0.magnitude / 4 + 0.05 },
      accuracyChange: change.map { ($0 / 10 * 20).rounded() / 20 },
      accuracyError: Array(repeating: 0.05, count: 10))
  }

  /// Two what-ifs that were tried.
  static func whatIf(_ layer: Int, _ neurons: [Int]) -> WhatIf {
    let flips = (0..<12).map { index in
      Flip(
        image: index * 7, label: index * 7 / imagesPerClass, before: index % 10,
        after: (index + 3) % 10, kind: FlipKind.allCases[index % 3])
    }
    return WhatIf(
      neurons: [LayerNeurons(layer: LayerID(layer), neurons: neurons)],
      result: LayerContributions(
        replacement: .zero, score: .logit, classCounts: Array(repeating: 20, count: 10),
        accuracyBefore: Array(repeating: 0.9, count: 10),
        entries: [entry(neurons, cluster: layer % 2, layer)]), flips: flips)
  }
}
