/// Memory at a fixed address that a tensor can be laid over; kept until another size is needed.
@safe final class RawBuffer {
  private(set) var bytes = unsafe UnsafeMutableRawBufferPointer(start: nil, count: 0)

  /// Alignment of a cache line, as the engine's own tensors have.
  private static let alignment = 64

  var floats: UnsafeMutableBufferPointer<Float> {
    unsafe bytes.assumingMemoryBound(to: Float.self)
  }

  /// Makes room for `byteCount` bytes, zeroed when the size changes.
  func resize(byteCount: Int) {
    guard unsafe byteCount != bytes.count else { return }
    unsafe bytes.deallocate()
    unsafe bytes = .allocate(byteCount: byteCount, alignment: Self.alignment)
    unsafe bytes.initializeMemory(as: UInt8.self, repeating: 0)
  }

  deinit { unsafe bytes.deallocate() }
}

/// A name as C wants it, at a fixed address.
@safe final class NameBuffer {
  let pointer: UnsafeMutablePointer<CChar>

  init(_ name: String) {
    let text = Array(name.utf8CString)
    unsafe pointer = .allocate(capacity: text.count)
    unsafe pointer.initialize(from: text, count: text.count)
  }

  deinit { unsafe pointer.deallocate() }
}
