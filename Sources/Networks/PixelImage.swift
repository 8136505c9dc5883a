/// An 8-bit image, rows top to bottom, pixels interleaved.
///
/// Invariant: `bytes.count == width * height * channelCount`.
public struct PixelImage: Hashable, Sendable {
  public let width: Int
  public let height: Int
  /// 1 for grey, 3 for red, green, blue.
  public let channelCount: Int
  public let bytes: [UInt8]

  /// - Precondition: sizes are not negative, channels are 1 or 3, and the bytes fill the image.
  public init(width: Int, height: Int, channelCount: Int, bytes: [UInt8]) {
    precondition(width >= 0 && height >= 0 && (channelCount == 1 || channelCount == 3))
    precondition(bytes.count == width * height * channelCount)
    self.width = width
    self.height = height
    self.channelCount = channelCount
    self.bytes = bytes
  }

  /// Red, green and blue at a pixel; grey repeats.
  public func rgb(_ y: Int, _ x: Int) -> (UInt8, UInt8, UInt8) {
    let first = (y * width + x) * channelCount
    return channelCount == 1
      ? (bytes[first], bytes[first], bytes[first])
      : (bytes[first], bytes[first + 1], bytes[first + 2])
  }
}
