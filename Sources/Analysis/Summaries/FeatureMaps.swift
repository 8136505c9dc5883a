/// How the activations of one layer lie in memory for a batch of images.
public struct FeatureMaps: Equatable, Sendable {
  public let imageCount: Int
  public let neuronCount: Int
  /// Rows and columns of one neuron's map; 1 × 1 for dense layers.
  public let height: Int
  public let width: Int
  /// True when the neurons of one position are neighbours (NHWC), false when the positions of
  /// one neuron are (NCHW).
  public let isChannelLast: Bool

  /// Nil when `shape` has fewer than two axes, a spatial rank above 2, or a length that is
  /// not positive, or when its product overflows.
  ///
  /// - Parameters:
  ///   - shape: Lengths of the axes, batch first.
  ///   - channelAxis: The axis along which the neurons lie; the second or the last.
  public init?(shape: [Int], channelAxis: Int) {
    guard (2...4).contains(shape.count), shape.allSatisfy({ $0 > 0 }),
      channelAxis == 1 || channelAxis == shape.count - 1
    else { return nil }
    var count = 1
    for length in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: length)
      guard !overflow else { return nil }
      count = product
    }
    var spatial = Array(shape.dropFirst())
    spatial.remove(at: channelAxis - 1)
    imageCount = shape[0]
    neuronCount = shape[channelAxis]
    height = spatial.first ?? 1
    width = spatial.count > 1 ? spatial[1] : 1
    isChannelLast = channelAxis > 1
  }

  /// Positions of one neuron's map.
  public var positionCount: Int { height * width }

  /// The position in the middle of the map.
  var center: Int { height / 2 * width + width / 2 }

  /// Values of one image.
  public var valuesPerImage: Int { neuronCount * positionCount }

  /// Values of the batch.
  public var valueCount: Int { imageCount * valuesPerImage }

  /// Distance between neighbouring positions of one neuron.
  var positionStride: Int { isChannelLast ? neuronCount : 1 }

  /// Where a neuron's value at a position stands within an image.
  public func place(of neuron: Int, position: Int) -> Int {
    start(of: neuron) + position * positionStride
  }

  /// Where the map of `neuron` starts within an image.
  func start(of neuron: Int) -> Int { isChannelLast ? neuron : neuron * positionCount }
}
