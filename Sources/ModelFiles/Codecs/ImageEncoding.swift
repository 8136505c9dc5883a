import CPNG
import CTurboJPEG
public import Networks

/// The image as a PNG file: lossless, grey or RGB.
public func encodePNG(_ image: PixelImage) throws(ImageError) -> [UInt8] {
  try ImageLimits.check(width: image.width, height: image.height, .png)
  var description = unsafe png_image()
  unsafe description.version = UInt32(PNG_IMAGE_VERSION)
  unsafe description.width = UInt32(image.width)
  unsafe description.height = UInt32(image.height)
  unsafe description.format = image.channelCount == 1 ? 0 : UInt32(PNG_FORMAT_FLAG_COLOR)
  let raw = (image.width * image.channelCount + 1) * image.height
  let capacity = raw + raw / 64 + 4096
  let file = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { output, initialized in
    var count = capacity
    let status = unsafe image.bytes.withUnsafeBufferPointer { pixels in
      unsafe png_image_write_to_memory(
        &description, output.baseAddress, &count, 0, pixels.baseAddress, 0, nil)
    }
    initialized = status != 0 && count <= capacity ? count : 0
  }
  guard !file.isEmpty else { throw .notEncoded(.png, reason: "libpng refused it") }
  return file
}

/// The image as a JPEG file with full-resolution chroma.
///
/// - Parameter quality: 1 (smallest) to 100 (best); values outside are clamped.
public func encodeJPEG(_ image: PixelImage, quality: Int) throws(ImageError) -> [UInt8] {
  try ImageLimits.check(width: image.width, height: image.height, .jpeg)
  guard let handle = unsafe tjInitCompress() else {
    throw .notEncoded(.jpeg, reason: "the encoder did not start")
  }
  defer { _ = unsafe tjDestroy(handle) }
  let isGray = image.channelCount == 1
  let format = isGray ? TJPF_GRAY : TJPF_RGB
  let subsampling = isGray ? TJSAMP_GRAY : TJSAMP_444
  let sampling = Int32(subsampling.rawValue)
  let capacity = tjBufSize(Int32(image.width), Int32(image.height), sampling)
  let file = unsafe [UInt8](unsafeUninitializedCapacity: Int(capacity)) { output, initialized in
    var target = output.baseAddress
    var count = capacity
    let status = unsafe image.bytes.withUnsafeBufferPointer { pixels in
      unsafe tjCompress2(
        handle, pixels.baseAddress, Int32(image.width), 0, Int32(image.height),
        Int32(format.rawValue), &target, &count, sampling, Int32(min(max(quality, 1), 100)),
        TJFLAG_NOREALLOC | TJFLAG_ACCURATEDCT)
    }
    initialized = status == 0 ? Int(count) : 0
  }
  guard !file.isEmpty else { throw .notEncoded(.jpeg, reason: "TurboJPEG refused it") }
  return file
}
