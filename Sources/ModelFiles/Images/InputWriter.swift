public import Networks

/// Writes images as network input; make one per preprocessing and share it between threads.
public struct InputWriter: Sendable {
  public let preprocessing: Preprocessing
  /// The input value of each level 0…255; channels in the network's order × 256.
  private let values: [Float]

  /// - Precondition: one mean and one standard deviation per channel.
  public init(_ preprocessing: Preprocessing) {
    let channels = preprocessing.channelCount
    precondition(preprocessing.mean.count == channels)
    precondition(preprocessing.standardDeviation.count == channels)
    self.preprocessing = preprocessing
    values = (0..<channels * 256).map { place in
      let scaled = Float(place % 256) * preprocessing.scale
      let channel = place / 256
      return (scaled - preprocessing.mean[channel])
        / preprocessing.standardDeviation[channel]
    }
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
    let table = values.span.extracting(channel * 256..<(channel + 1) * 256)
    let sourceChannel = preprocessing.colorOrder == .bgr ? 2 - channel : channel
    let step = image.channelCount
    let source = image.bytes.span
    var place = step == 1 ? 0 : sourceChannel
    let isPlanar = preprocessing.layout == .nchw
    let first = isPlanar ? channel * count : channel
    let stride = isPlanar ? 1 : preprocessing.channelCount
    for pixel in 0..<count {
      input[first + pixel * stride] = table[Int(source[place])]
      place += step
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
