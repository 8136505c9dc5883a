import Tensors

/// Sums of the influence of every channel of a source on every neuron of a target over images; the
/// same bits whatever the order of the images.
public struct InfluenceTally: Sendable {
  public let neuronCount: Int
  public let channelCount: Int
  public private(set) var imageCount = 0
  /// Neurons × channels.
  private var excitatory: [ExactSum]
  private var inhibitory: [ExactSum]
  /// Pairs of which a value was not finite.
  private var isLost: [Bool]

  /// - Parameters:
  ///   - neuronCount: Of the target.
  ///   - channelCount: Of the source.
  public init(neuronCount: Int, channelCount: Int) {
    self.neuronCount = neuronCount
    self.channelCount = channelCount
    excitatory = Array(repeating: ExactSum(), count: neuronCount * channelCount)
    inhibitory = excitatory
    isLost = Array(repeating: false, count: neuronCount * channelCount)
  }

  /// Adds one image.
  ///
  /// - Parameters:
  ///   - excitatory: Neurons × channels, row-major.
  ///   - inhibitory: The same.
  /// - Complexity: O(neurons × channels).
  public mutating func add(excitatory: [Float], inhibitory: [Float]) {
    precondition(excitatory.count == isLost.count && inhibitory.count == isLost.count)
    imageCount += 1
    for pair in isLost.indices {
      let isKept =
        self.excitatory[pair].add(Double(excitatory[pair]))
        && self.inhibitory[pair].add(Double(inhibitory[pair]))
      if !isKept { isLost[pair] = true }
    }
  }

  /// Means over the images, neurons × channels; NaN where a value was not finite or none was added.
  public var means: (excitatory: Matrix, inhibitory: Matrix) {
    (matrix(excitatory), matrix(inhibitory))
  }

  private func matrix(_ sums: [ExactSum]) -> Matrix {
    let values = sums.indices.map { pair in
      isLost[pair] || imageCount == 0 ? .nan : Float(sums[pair].value / Double(imageCount))
    }
    return Matrix(rowCount: neuronCount, columnCount: channelCount, values: values)
  }
}
