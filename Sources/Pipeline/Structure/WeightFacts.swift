import Atlases
import ModelFiles
import Networks
import Tensors

/// How much of the weights an atlas keeps; statistics are always kept.
enum WeightBudget {
  /// Kernel values of all layers together.
  static let kernelValues = 8 << 20
  /// Weights of one layer that are read for its connections: 256 MiB as floats.
  static let layerWeights = 64 << 20
  /// Strengths of one connection.
  static let connectionValues = 4 << 20
}

/// `atlas` with statistics, kernels and connection strengths of every layer of `model`.
///
/// Layers whose weights cannot be read stay as they are and are noted. Kernels are kept from
/// the first layer on until their budget is used up.
///
/// - Complexity: O(weights); one layer's weights in memory at a time.
public func withWeights(_ atlas: Atlas, of model: ModelFile) -> Atlas {
  var result = atlas
  var budget = WeightBudget.kernelValues
  for layer in model.network.layers {
    do throws(ModelFileError) {
      result.layers[layer.id.index].weightStatistics = try model.weightStatistics(of: layer.id)
      guard layer.parameterCount <= WeightBudget.layerWeights else { continue }
      result.layers[layer.id.index].connections = try connections(into: layer.id, of: model)
      guard layer.parameterCount <= budget else { continue }
      let kernel = try model.kernel(of: layer.id)
      budget -= kernel.values.count
      result.layers[layer.id.index].kernel = KernelStack(
        shape: kernel.shape, values: kernel.values)
    } catch {
      result.network.notes.append("weights of \(layer.name): \(error)")
    }
  }
  return result
}

private func connections(
  into layer: LayerID, of model: ModelFile
) throws(ModelFileError) -> [Connection] {
  let edges = model.network.edges.filter { $0.target == .layer(layer) && !$0.routes.isEmpty }
  let strengths = try model.connectionStrengths(
    of: edges, into: layer, limit: WeightBudget.connectionValues)
  return zip(edges, strengths).compactMap { edge, strength in
    strength.map { Connection(source: edge.source, strength: $0, through: edge.through) }
  }
}
