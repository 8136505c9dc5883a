import Networks

/// An image and its halvings, so that a thumbnail costs what it shows and not what it
/// stands for.
struct Picture: Sendable {
  /// `levels[k]` is the image at 2⁻ᵏ of its size.
  let levels: [PixelImage]
  /// No other picture of a cache has it, not even of the same image.
  let number: Int

  var full: PixelImage { levels[0] }

  var byteCount: Int { levels.reduce(0) { $0 + $1.bytes.count } }
}

/// The image and as many halvings as thumbnails have a use for.
func halvings(_ image: PixelImage) -> [PixelImage] {
  var levels = [image]
  while let last = levels.last, min(last.width, last.height) >= 64, levels.count < 6 {
    levels.append(halved(last))
  }
  return levels
}

/// Every 2 × 2 pixels become one; odd edges are dropped.
func halved(_ image: PixelImage) -> PixelImage {
  let (width, height, channels) = (image.width / 2, image.height / 2, image.channelCount)
  let source = image.bytes.span
  let line = image.width * channels
  var bytes: [UInt8] = []
  bytes.reserveCapacity(width * height * channels)
  for y in 0..<height {
    for x in 0..<width {
      for channel in 0..<channels {
        let at = 2 * y * line + 2 * x * channels + channel
        let sum =
          UInt16(source[at]) + UInt16(source[at + channels]) + UInt16(source[at + line])
          + UInt16(source[at + line + channels])
        bytes.append(UInt8((sum + 2) / 4))
      }
    }
  }
  return PixelImage(width: width, height: height, channelCount: channels, bytes: bytes)
}
