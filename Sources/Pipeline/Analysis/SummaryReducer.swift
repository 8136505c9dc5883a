import Analysis
import Inference
import Synchronization

/// Reduces a layer inside the engine's run to the numbers that summaries are made of.
///
/// Switched off, it leaves the numbers as they are: for runs of which only the network's answer is
/// wanted, in the session that also has those which want all.
final class SummaryReducer: MapReducer {
  private let isOff = Atomic(false)

  /// Switches it for all runs that begin from now on.
  func setOn(_ isOn: Bool) { isOff.store(!isOn, ordering: .sequentiallyConsistent) }

  var numbersPerNeuron: Int { MapNumbers.perNeuron }

  func imageCount(_ maps: TensorMaps) -> Int? {
    MapNumbers.imageCount(
      shape: maps.shape, channelAxis: maps.channelAxis, neuronCount: maps.neuronCount,
      blockSize: maps.blockSize)
  }

  func reduce(
    _ values: Span<Float>, _ maps: TensorMaps, into numbers: inout MutableSpan<Float>
  ) -> Bool {
    isOff.load(ordering: .relaxed)
      || MapNumbers.fill(
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
