import Atlases
import ModelFiles
import Networks
import Storage
import Tensors

/// The layers of a checkpoint that names and shapes prove, without edges: weights do not tell how
/// layers are connected, nor their strides, activation functions and order. They stand as in the file.
///
/// - Complexity: O(tensors); touches no weights.
public func structureAtlas(of checkpoint: Checkpoint) -> Atlas {
  let found = checkpoint.weightedLayers
  let layers = found.enumerated().map { Layer($1, id: LayerID($0)) }
  let others = checkpoint.tensors.count - found.reduce(0) { $0 + $1.module.tensors.count }
  var notes = checkpoint.notes
  notes.append(
    "a checkpoint holds weights alone: how layers are connected it does not say; give the network's"
      + " ONNX file with --graph")
  if others > 0 {
    notes.append(
      "of no convolution or dense layer that shapes prove: \(NumberText.counted(others, "tensor"))")
  }
  let network = Network(
    name: lastPart(of: checkpoint.path), inputs: [], outputs: [], layers: layers, edges: [],
    stages: [
      LayerStage(
        name: "weights", spatialSize: nil,
        blocks: layers.map { LayerBlock(name: $0.name, layers: [$0.id]) })
    ], operatorCounts: [], parameterCount: checkpoint.parameterCount,
    format: ModelFormatFacts(
      format: checkpoint.format.rawValue, irVersion: 0, opsets: [], producer: "",
      fileByteCount: checkpoint.byteCount, externalData: false), notes: notes)
  return structureAtlas(of: network)
}

/// `atlas` with statistics and kernels of every layer of `checkpoint`, as they are stored.
///
/// Kernels are kept from the first layer on until their budget is used up; of volumes none is.
///
/// - Complexity: O(weights); one layer's weights in memory at a time.
func withWeights(_ atlas: Atlas, of checkpoint: Checkpoint) -> Atlas {
  var result = atlas
  var budget = WeightBudget.kernelValues
  for (place, layer) in checkpoint.weightedLayers.enumerated() {
    do throws(CheckpointError) {
      result.layers[place].weightStatistics = try checkpoint.statistics(of: layer.weight)
      guard layer.weight.count <= budget, let shape = layer.kernelShape else { continue }
      result.layers[place].kernel = KernelStack(
        shape: shape, values: try checkpoint.floats(of: layer.weight))
      budget -= layer.weight.count
    } catch {
      result.network.notes.append("weights of \(layer.module.name): \(error)")
    }
  }
  return result
}

/// A module whose weight has a row a neuron.
private struct WeightedLayer {
  var module: CheckpointLayer
  var weight: CheckpointTensor

  var neuronCount: Int { weight.shape[0] }

  /// Neurons × inputs × height × width; nil for volumes.
  var kernelShape: [Int]? {
    let shape = weight.shape
    return switch shape.count {
    case 2: shape + [1, 1]
    case 3: [shape[0], shape[1], 1, shape[2]]
    case 4: shape
    default: nil
    }
  }
}

extension Checkpoint {
  private static let largestNeuronCount = 1 << 20

  /// Convolutions and dense layers; not those whose bias has another length, as transposed
  /// convolutions have.
  fileprivate var weightedLayers: [WeightedLayer] {
    layers.compactMap { module in
      guard module.kind == .convolution || module.kind == .dense, let weight = module["weight"],
        weight.count > 0, weight.shape[0] <= Self.largestNeuronCount,
        module["bias"].map({ $0.shape == [weight.shape[0]] }) ?? true
      else { return nil }
      return WeightedLayer(module: module, weight: weight)
    }
  }
}

extension Layer {
  fileprivate init(_ layer: WeightedLayer, id: LayerID) {
    let isDense = layer.module.kind == .dense
    self.init(
      id: id, name: layer.module.name, operatorName: isDense ? "dense" : "convolution",
      kind: isDense ? .dense : .convolution, neuronCount: layer.neuronCount, outputTensor: "",
      outputShape: nil, channelAxis: 1, activation: nil, hasBatchNormalization: false,
      kernel: isDense
        ? nil
        : KernelGeometry(
          size: Array(layer.weight.shape.dropFirst(2)), strides: [], dilations: [], padsBefore: [],
          padsAfter: [], groups: 1),
      parameterCount: layer.module.tensors.reduce(0) { $0 &+ $1.count }, receptiveField: nil)
  }
}
