import Tensors

/// Exact counts and sums of one layer over the images of one class; one entry a neuron.
public struct ClassTally: Equatable, Sendable {
  /// Images of the class.
  public var imageCount: Int
  public var mean: [ExactSum]
  public var maximum: [ExactSum]
  public var squaredMean: [ExactSum]
  public var squaredMaximum: [ExactSum]
  /// Images whose spatial max exceeds 0.
  public var firingCount: [Int32]
  /// Strongest image; image -1 before the first.
  public var best: [TopPatch]

  /// A tally of nothing.
  public init(neuronCount: Int) {
    imageCount = 0
    mean = Array(repeating: ExactSum(), count: neuronCount)
    maximum = mean
    squaredMean = mean
    squaredMaximum = mean
    firingCount = Array(repeating: 0, count: neuronCount)
    best = Array(repeating: .none, count: neuronCount)
  }

  /// Adds everything `other` holds, exactly.
  public mutating func merge(_ other: ClassTally) {
    precondition(mean.count == other.mean.count)
    imageCount += other.imageCount
    for neuron in mean.indices {
      mean[neuron].merge(other.mean[neuron])
      maximum[neuron].merge(other.maximum[neuron])
      squaredMean[neuron].merge(other.squaredMean[neuron])
      squaredMaximum[neuron].merge(other.squaredMaximum[neuron])
      firingCount[neuron] += other.firingCount[neuron]
      if other.best[neuron].isPresent, other.best[neuron].precedes(best[neuron]) {
        best[neuron] = other.best[neuron]
      }
    }
  }
}

extension TopPatch {
  /// Stands where no image was seen; every real patch precedes it.
  static let none = TopPatch(image: -1, y: 0, x: 0, value: -.infinity)

  /// False for ``none``.
  var isPresent: Bool { image >= 0 }
}
