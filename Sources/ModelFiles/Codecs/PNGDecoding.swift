import CPNG
import Networks

/// Decodes a PNG image to 8-bit grey or RGB: palettes expanded, the upper 8 of 16 bits kept,
/// transparency dropped, no gamma applied.
func decodePNG(_ bytes: Span<UInt8>) throws(ImageError) -> PixelImage {
  let header = try readPNGHeader(bytes)
  let count = header.width * header.height * header.channelCount
  var message = [CChar](repeating: 0, count: CONVSCOPE_PNG_MESSAGE_SIZE)
  var pixels = [UInt8](repeating: 0, count: count)
  let status = unsafe bytes.withUnsafeBufferPointer { file in
    unsafe pixels.withUnsafeMutableBufferPointer { output in
      unsafe convscope_png_decode(
        file.baseAddress, file.count, UInt32(header.width), UInt32(header.height),
        Int32(header.channelCount), output.baseAddress, &message)
    }
  }
  guard status == 0 else {
    let text = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    throw .damaged(.png, reason: String(decoding: text, as: UTF8.self))
  }
  return PixelImage(
    width: header.width, height: header.height, channelCount: header.channelCount,
    bytes: pixels)
}

private struct PNGHeader {
  var width: Int
  var height: Int
  /// 1 for the grey colour types, 3 for RGB and palette.
  var channelCount: Int
}

/// The image's size and channels from the fixed places where every PNG file holds them.
private func readPNGHeader(_ bytes: Span<UInt8>) throws(ImageError) -> PNGHeader {
  let first = Array("IHDR".utf8)
  guard bytes.count >= 33, first.indices.allSatisfy({ bytes[12 + $0] == first[$0] }) else {
    throw .damaged(.png, reason: "it has no header")
  }
  func number(at offset: Int) -> Int {
    (0..<4).reduce(0) { $0 << 8 | Int(bytes[offset + $1]) }
  }
  let header = PNGHeader(
    width: number(at: 16), height: number(at: 20),
    channelCount: bytes[25] == 0 || bytes[25] == 4 ? 1 : 3)
  try ImageLimits.check(width: header.width, height: header.height, .png)
  return header
}
