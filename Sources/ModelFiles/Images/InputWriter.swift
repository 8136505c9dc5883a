public import Networks

/// Writes images as network input; make one per preprocessing and share it between threads.
public struct InputWriter: Sendable {
  public let preprocessing: Preprocessing

  /// - Precondition: one mean and one standard deviation per channel.
  public init(_ preprocessing: Preprocessing) {
    let channels = preprocessing.channelCount
    precondition(preprocessing.mean.count == channels)
    precondition(preprocessing.standardDeviation.count == channels)
    self.preprocessing = preprocessing
  }

  /// Numbers one image takes: channels · height · width.
  public var elementCount: Int {
    preprocessing.channelCount * preprocessing.height * preprocessing.width
  }

  /// Writes one image to its place in a batch, resized and converted as needed.
  ///
  /// - Precondition: `input` holds exactly ``elementCount`` numbers.
  public func write(_ image: PixelImage, into input: inout MutableSpan<Float>) {
    precondition(input.count == elementCount)
    let colored = preprocessing.colorOrder == .gray ? image.grayscale() : image
    let sized =
      colored.width == preprocessing.width && colored.height == preprocessing.height
        && preprocessing.resize == .stretch
      ? colored
      : colored.resized(
        width: preprocessing.width, height: preprocessing.height, policy: preprocessing.resize)
    for channel in 0..<preprocessing.channelCount {
      writeChannel(channel, of: sized, into: &input)
    }
  }

  private func writeChannel(
    _ channel: Int, of image: PixelImage, into input: inout MutableSpan<Float>
  ) {
    let count = image.width * image.height
    let scaling = LevelScaling(
      scale: preprocessing.scale, mean: preprocessing.mean[channel],
      deviation: preprocessing.standardDeviation[channel])
    let sourceChannel = preprocessing.colorOrder == .bgr ? 2 - channel : channel
    let step = image.channelCount
    let first = step == 1 ? 0 : sourceChannel
    let source = image.bytes.span
    guard preprocessing.layout == .nhwc, preprocessing.channelCount > 1 else {
      scaling.write(
        source, from: first, step: step, to: &input,
        at: channel * count..<(channel + 1) * count)
      return
    }
    let values = (UInt8.min...UInt8.max).map(scaling.value)
    for pixel in 0..<count {
      input[pixel * preprocessing.channelCount + channel] =
        values[Int(source[first + pixel * step])]
    }
  }
}

/// Writes one image as network input; see ``InputWriter`` for several.
///
/// - Precondition: `input` holds exactly channels · height · width numbers.
public func writeInput(
  _ image: PixelImage, as preprocessing: Preprocessing, into input: inout MutableSpan<Float>
) {
  InputWriter(preprocessing).write(image, into: &input)
}
