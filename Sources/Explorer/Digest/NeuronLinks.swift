import Atlases
import Networks
import Tensors

/// Which neuron's connections.
struct NeuronLinkKey: Hashable, Sendable {
  var layer: Int
  var neuron: Int
}

/// A neuron's strongest connections, strongest magnitude first.
struct NeuronLinks: Sendable {
  var inputs: [NeuronLink]
  var outputs: [NeuronLink]
  /// Images that the inputs' strengths rest on where these are influence; nil where they are kernel
  /// sums.
  var inputImages: Int?
  /// The same of the outputs.
  var outputImages: Int?
}

/// A connection to a neuron of another layer, or to a channel of the network's input.
struct NeuronLink: Hashable, Sendable {
  /// Nil for the network's input.
  var layer: Int?
  var neuron: Int
  /// Sum over positions of the kernel between the two, batch normalisation folded in; or influence,
  /// excitatory above 0 and inhibitory below, each a link of its own.
  var strength: Float
}

/// - Parameters:
///   - byInfluence: Ranks each way by influence where that is known of all connections that way.
///   - limit: Most links kept each way.
/// - Complexity: O(inputs + outputs of the neuron · log).
func neuronLinks(
  _ key: NeuronLinkKey, in atlas: Atlas, byInfluence: Bool = false, limit: Int = 24
) -> NeuronLinks {
  guard key.neuron >= 0 else { return NeuronLinks(inputs: [], outputs: []) }
  let into = atlas.layers.indices.contains(key.layer) ? atlas.layers[key.layer].connections : []
  let inputs = into.filter { key.neuron < $0.strength.rowCount }
  let outputs = atlas.layers.enumerated().flatMap { index, target in
    target.connections.filter {
      $0.source.layerIndex == key.layer && key.neuron < $0.strength.columnCount
    }.map { (index, $0) }
  }
  var links = NeuronLinks(inputs: [], outputs: [])
  if byInfluence {
    links.inputImages = commonInfluence(inputs)
    links.outputImages = commonInfluence(outputs.map(\.1))
  }
  for connection in inputs {
    let source = connection.source.layerIndex
    for (matrix, sign) in connection.weights(byInfluence: links.inputImages != nil) {
      for (channel, value) in matrix.row(key.neuron).enumerated() {
        links.inputs.append(NeuronLink(layer: source, neuron: channel, strength: sign * value))
      }
    }
  }
  for (target, connection) in outputs {
    for (matrix, sign) in connection.weights(byInfluence: links.outputImages != nil) {
      for row in 0..<matrix.rowCount {
        links.outputs.append(
          NeuronLink(layer: target, neuron: row, strength: sign * matrix[row, key.neuron]))
      }
    }
  }
  links.inputs = strongest(links.inputs, limit)
  links.outputs = strongest(links.outputs, limit)
  return links
}

extension LayerEndpoint {
  /// Index of the layer; nil for the network's inputs and outputs.
  var layerIndex: Int? {
    if case .layer(let id) = self { id.index } else { nil }
  }
}

private func strongest(_ links: [NeuronLink], _ limit: Int) -> [NeuronLink] {
  let usable = links.enumerated().filter {
    $0.element.strength.isFinite && $0.element.strength != 0
  }
  let sorted = usable.sorted {
    ($1.element.strength.magnitude, $0.offset) < ($0.element.strength.magnitude, $1.offset)
  }
  return sorted.prefix(limit).map(\.element)
}
