import Analysis
import Atlases

/// Two classes of the data set.
struct ClassPair: Hashable, Sendable {
  var first: Int
  var second: Int
}

/// Which clusters and neurons of the whole network tell two classes apart, best first.
struct PairDigest: Sendable {
  struct Cluster: Sendable {
    var layer: Int
    /// Place in the layer's display order.
    var place: Int
    /// Mean magnitude of its neurons' effects; infinite ones count as 10.
    var strength: Double
  }

  struct Neuron: Sendable {
    var layer: Int
    var neuron: Int
    /// Cohen's *d*; above 0 where the first class excites it more.
    var effect: Double
  }

  let pair: ClassPair
  let imageCounts: (first: Int, second: Int)
  let clusters: [Cluster]
  let neurons: [Neuron]

  /// - Complexity: O(*n* log *n*) in the neurons of the network.
  init(_ pair: ClassPair, _ digests: [LayerDigest]) {
    var clusters: [Cluster] = []
    var neurons: [Neuron] = []
    var counts = (first: 0, second: 0)
    for digest in digests {
      guard let statistics = digest.statistics, digest.classCount > max(pair.first, pair.second)
      else { continue }
      let found = ClassSeparation(statistics, first: pair.first, second: pair.second)
      counts = found.imageCounts
      for (neuron, effect) in found.effects.enumerated() {
        if let effect {
          neurons.append(Neuron(layer: digest.layer, neuron: neuron, effect: effect))
        }
      }
      for (place, cluster) in digest.clusters.enumerated() where cluster.label != -1 {
        guard let strength = found.meanMagnitude(of: cluster.members) else { continue }
        clusters.append(Cluster(layer: digest.layer, place: place, strength: strength))
      }
    }
    self.pair = pair
    imageCounts = counts
    self.clusters = clusters.enumerated().sorted {
      ($1.element.strength, $0.offset) < ($0.element.strength, $1.offset)
    }.map(\.element)
    self.neurons = neurons.enumerated().sorted {
      ($1.element.effect.magnitude, $0.offset) < ($0.element.effect.magnitude, $1.offset)
    }.map(\.element)
  }
}
