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
}

/// A connection to a neuron of another layer, or to a channel of the network's input.
struct NeuronLink: Hashable, Sendable {
  /// Nil for the network's input.
  var layer: Int?
  var neuron: Int
  /// Sum over positions of the kernel between the two, batch normalisation folded in.
  var strength: Float
}

/// - Parameter limit: Most links kept each way.
/// - Complexity: O(inputs + outputs of the neuron · log).
func neuronLinks(_ key: NeuronLinkKey, in atlas: Atlas, limit: Int = 24) -> NeuronLinks {
  var inputs: [NeuronLink] = []
  if atlas.layers.indices.contains(key.layer) {
    for connection in atlas.layers[key.layer].connections {
      guard key.neuron < connection.strength.rowCount, key.neuron >= 0 else { continue }
      for (channel, strength) in connection.strength.row(key.neuron).enumerated() {
        inputs.append(
          NeuronLink(layer: connection.source.layerIndex, neuron: channel, strength: strength))
      }
    }
  }
  var outputs: [NeuronLink] = []
  for (index, target) in atlas.layers.enumerated() {
    for connection in target.connections where connection.source.layerIndex == key.layer {
      let matrix = connection.strength
      guard key.neuron >= 0, key.neuron < matrix.columnCount else { continue }
      for row in 0..<matrix.rowCount {
        outputs.append(
          NeuronLink(layer: index, neuron: row, strength: matrix[row, key.neuron]))
      }
    }
  }
  return NeuronLinks(inputs: strongest(inputs, limit), outputs: strongest(outputs, limit))
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
