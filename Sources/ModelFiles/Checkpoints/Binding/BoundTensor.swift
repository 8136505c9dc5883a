import Networks

/// A stored tensor of a graph and what takes its place.
public struct BoundTensor: Sendable {
  /// Why this tensor and no other.
  public enum Evidence: String, Hashable, Sendable, Codable {
    /// The names agree.
    case name
    /// The n-th of the network's layers and the n-th of the checkpoint's weights, all shapes
    /// agreeing.
    case order
  }

  /// In the graph; may be empty or made up by an exporter.
  public var target: String
  /// In the checkpoint, as ``CheckpointTensor/name``; more than one where batch normalisation is
  /// folded in.
  public var sources: [String]
  public var evidence: Evidence
  /// The layer it belongs to; nil for other constants.
  public var layer: LayerID?
  /// How the numbers are made.
  var recipe: BindingRecipe
  var tensor: ONNXTensor
}

/// How numbers of a checkpoint become those of a graph's tensor.
indirect enum BindingRecipe: Hashable, Sendable {
  case copy(CheckpointTensor)
  /// A dense layer's weights, the axes swapped.
  case swapped(CheckpointTensor)
  /// Weights times the normalisation's factor of their neuron.
  case scaled(CheckpointTensor, isSwapped: Bool, NormalizationTensors)
  /// The bias that a layer and its normalisation together have.
  case shifted(CheckpointTensor?, NormalizationTensors)
}

/// A batch normalisation in a checkpoint: `(x − mean) / √(variance + ε) · scale + shift`.
struct NormalizationTensors: Hashable, Sendable {
  var stem: String
  /// Nil where it has no learnt factors.
  var scale: CheckpointTensor?
  var shift: CheckpointTensor?
  var mean: CheckpointTensor
  var variance: CheckpointTensor
  var epsilon: Float

  var names: [String] { ([scale, shift].compactMap(\.self) + [mean, variance]).map(\.name) }
}
