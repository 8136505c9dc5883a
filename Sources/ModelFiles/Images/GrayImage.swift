public import Networks

extension PixelImage {
  /// The image in one channel, by Pillow's luma: (19595 R + 38470 G + 7471 B + 2¹⁵) / 2¹⁶.
  public func grayscale() -> PixelImage {
    guard channelCount == 3 else { return self }
    let source = bytes.span
    var gray = [UInt8](repeating: 0, count: width * height)
    var target = gray.mutableSpan
    for pixel in target.indices {
      let red = Int32(source[pixel * 3]) &* 19595
      let green = Int32(source[pixel * 3 + 1]) &* 38470
      let blue = Int32(source[pixel * 3 + 2]) &* 7471
      target[pixel] = UInt8(truncatingIfNeeded: (red &+ green &+ blue &+ 0x8000) >> 16)
    }
    return PixelImage(width: width, height: height, channelCount: 1, bytes: gray)
  }
}
