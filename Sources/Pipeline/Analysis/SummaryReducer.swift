import Analysis
import Inference

/// Reduces a layer inside the engine's run to the numbers that summaries are made of.
struct SummaryReducer: MapReducer {
  var numbersPerNeuron: Int { MapNumbers.perNeuron }

  func reduce(
    _ values: Span<Float>, _ maps: TensorMaps, into numbers: inout MutableSpan<Float>
  ) -> Bool {
    MapNumbers.fill(
      &numbers, from: values, shape: maps.shape, channelAxis: maps.channelAxis,
      neuronCount: maps.neuronCount, blockSize: maps.blockSize)
  }
}

extension LayerTap {
  /// The layer as the engine is to reduce it.
  var reduced: ReducedTensor {
    ReducedTensor(name: tensor.name, channelAxis: channelAxis, neuronCount: neuronCount)
  }
}
