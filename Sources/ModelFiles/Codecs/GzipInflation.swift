import CZlib

/// Why gzip data did not inflate.
enum GzipError: Error, Hashable, Sendable {
  case endsEarly
  case damaged
}

/// The first `count` bytes that gzip data inflates to; nothing beyond them is produced.
///
/// - Parameter isWhole: Whether `count` is all there should be; then the end and the checksum
///   are verified too.
func inflateGzip(
  _ bytes: Span<UInt8>, count: Int, isWhole: Bool
) throws(GzipError) -> [UInt8] {
  try inflated(bytes, windowBits: 15 + 16, count: count, isWhole: isWhole)
}

/// The same for bare deflate data, as in zip archives.
func inflateRaw(
  _ bytes: Span<UInt8>, count: Int, isWhole: Bool
) throws(GzipError) -> [UInt8] {
  try inflated(bytes, windowBits: -15, count: count, isWhole: isWhole)
}

/// - Parameter windowBits: What wraps the data, in zlib's own code.
private func inflated(
  _ bytes: Span<UInt8>, windowBits: Int32, count: Int, isWhole: Bool
) throws(GzipError) -> [UInt8] {
  var stream = unsafe z_stream()
  let size = Int32(unsafe MemoryLayout<z_stream>.size)
  guard unsafe inflateInit2_(&stream, windowBits, ZLIB_VERSION, size) == Z_OK else {
    throw .damaged
  }
  defer { _ = unsafe inflateEnd(&stream) }
  var status = Z_OK
  // One byte more than wanted, so that the end of the stream can be reached and checked.
  var output = unsafe [UInt8](unsafeUninitializedCapacity: count + 1) { target, produced in
    unsafe bytes.withUnsafeBufferPointer { source in
      var position = 0
      while status == Z_OK && produced <= count && position < source.count {
        let inputCount = min(source.count - position, 1 << 30)
        let outputCount = min(count + 1 - produced, 1 << 30)
        unsafe stream.next_in = unsafe UnsafeMutablePointer(
          mutating: source.baseAddress.map { unsafe $0 + position })
        unsafe stream.avail_in = UInt32(inputCount)
        unsafe stream.next_out = unsafe target.baseAddress.map { unsafe $0 + produced }
        unsafe stream.avail_out = UInt32(outputCount)
        status = unsafe inflate(&stream, Z_NO_FLUSH)
        position += inputCount - Int(unsafe stream.avail_in)
        produced += outputCount - Int(unsafe stream.avail_out)
      }
    }
  }
  guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
    throw .damaged
  }
  guard output.count >= count else { throw .endsEarly }
  if isWhole && (status != Z_STREAM_END || output.count > count) { throw .damaged }
  output.removeSubrange(count...)
  return output
}
