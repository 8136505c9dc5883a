import CTurboJPEG
import Networks

/// Decodes a JPEG image with the accurate transform and smooth chroma upsampling, as Pillow
/// does; CMYK and YCCK are taken as stored inverted, as Adobe writes them.
func decodeJPEG(_ bytes: Span<UInt8>) throws(ImageError) -> PixelImage {
  let decoder = try JPEGDecoder()
  let header = try decoder.readHeader(bytes)
  try ImageLimits.check(width: header.width, height: header.height, .jpeg)
  switch header.colorSpace {
  case TJCS_GRAY:
    let pixels = try decoder.decode(bytes, header, as: TJPF_GRAY, channelCount: 1)
    return header.image(channelCount: 1, pixels)
  case TJCS_CMYK, TJCS_YCCK:
    let inks = try decoder.decode(bytes, header, as: TJPF_CMYK, channelCount: 4)
    return header.image(channelCount: 3, colorsOfInvertedInks(inks))
  default:
    let pixels = try decoder.decode(bytes, header, as: TJPF_RGB, channelCount: 3)
    return header.image(channelCount: 3, pixels)
  }
}

/// RGB of inverted CMYK pixels by Pillow's rule: 255 − K − C · (255 − K) / 255.
private func colorsOfInvertedInks(_ inks: [UInt8]) -> [UInt8] {
  var colors: [UInt8] = []
  colors.reserveCapacity(inks.count / 4 * 3)
  for pixel in stride(from: 0, to: inks.count, by: 4) {
    let light = Int(inks[pixel + 3])
    for channel in 0..<3 {
      let product = (255 - Int(inks[pixel + channel])) * light + 128
      colors.append(UInt8(clamping: light - ((product >> 8) + product) >> 8))
    }
  }
  return colors
}

private struct JPEGHeader {
  var width: Int
  var height: Int
  var colorSpace: TJCS

  func image(channelCount: Int, _ bytes: [UInt8]) -> PixelImage {
    PixelImage(width: width, height: height, channelCount: channelCount, bytes: bytes)
  }
}

/// Owns one TurboJPEG decompressor.
@safe private struct JPEGDecoder: ~Copyable {
  private let handle: tjhandle

  init() throws(ImageError) {
    guard let handle = unsafe tjInitDecompress() else {
      throw .damaged(.jpeg, reason: "the decoder did not start")
    }
    unsafe self.handle = unsafe handle
  }

  deinit { _ = unsafe tjDestroy(handle) }

  func readHeader(_ bytes: Span<UInt8>) throws(ImageError) -> JPEGHeader {
    var width: Int32 = 0
    var height: Int32 = 0
    var subsampling: Int32 = 0
    var colorSpace: Int32 = 0
    let status = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe tjDecompressHeader3(
        handle, buffer.baseAddress, UInt(buffer.count), &width, &height, &subsampling,
        &colorSpace)
    }
    guard status == 0 || isTolerable() else { throw .damaged(.jpeg, reason: message()) }
    return JPEGHeader(
      width: Int(width), height: Int(height), colorSpace: TJCS(UInt32(bitPattern: colorSpace)))
  }

  func decode(
    _ bytes: Span<UInt8>, _ header: JPEGHeader, as format: TJPF, channelCount: Int
  ) throws(ImageError) -> [UInt8] {
    let count = header.width * header.height * channelCount
    let flags = TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS
    var status: Int32 = -1
    let pixels = unsafe [UInt8](unsafeUninitializedCapacity: count) { output, initialized in
      status = unsafe bytes.withUnsafeBufferPointer { buffer in
        unsafe tjDecompress2(
          handle, buffer.baseAddress, UInt(buffer.count), output.baseAddress,
          Int32(header.width), 0, Int32(header.height), Int32(format.rawValue), flags)
      }
      initialized = status == 0 || isTolerable() ? count : 0
    }
    guard pixels.count == count else { throw .damaged(.jpeg, reason: message()) }
    return pixels
  }

  /// Whether the last problem is a warning that leaves every pixel sound.
  ///
  /// Stray bytes between segments and odd headers are common and harmless; a short file or
  /// a broken bit stream is not, although TurboJPEG only warns of it.
  private func isTolerable() -> Bool {
    guard unsafe tjGetErrorCode(handle) == TJERR_WARNING.rawValue else { return false }
    let text = message()
    return text.contains("extraneous") || text.contains("nknown Adobe")
      || text.contains("nexpected marker")
  }

  private func message() -> String {
    guard let text = unsafe tjGetErrorStr2(handle) else { return "no reason given" }
    return unsafe String(cString: text)
  }
}
