public import Networks

/// Decodes a JPEG or PNG image, told apart by content, to grey or RGB of 8 bits.
///
/// The pixels are those of Pillow's `Image.open(...).convert("RGB")`, with two exceptions:
/// grey images keep one channel, and a JPEG image is turned upright by its EXIF orientation.
/// Transparency is dropped, not blended; of 16 bits the upper 8 are kept.
///
/// Safe to call from several threads at once; any bytes end in an image or an error.
public func decodeImage(_ bytes: Span<UInt8>) throws(ImageError) -> PixelImage {
  guard !bytes.isEmpty else { throw .empty }
  switch ImageFormat(sniffing: bytes) {
  case .jpeg:
    let image = try decodeJPEG(bytes)
    return image.turnedUpright(from: exifOrientation(ofJPEG: bytes))
  case .png: return try decodePNG(bytes)
  case .some(let format): throw .unsupported(format)
  case nil: throw .notAnImage
  }
}

/// Decodes an image held in an array; see ``decodeImage(_:)-(Span<UInt8>)``.
public func decodeImage(_ bytes: [UInt8]) throws(ImageError) -> PixelImage {
  try decodeImage(bytes.span)
}
