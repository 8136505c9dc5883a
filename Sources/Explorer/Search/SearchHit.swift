/// Something a search found.
struct SearchHit: Hashable, Sendable {
  enum Target: Hashable, Sendable {
    case layer(Int)
    /// Place of the cluster in the layer's display order.
    case cluster(layer: Int, place: Int)
    case neuron(layer: Int, neuron: Int)
    case classIndex(Int)
  }

  var target: Target
  /// `layer3.1.conv2:42`.
  var address: String
  /// `neuron`, `cluster of 7`, `layer of 64`, `class`.
  var kind: String
}
