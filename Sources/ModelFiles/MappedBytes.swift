import Glibc
import Storage

extension MappedFile {
  /// Lends the bytes of `range` to `body`.
  ///
  /// - Precondition: `range` lies within the file.
  func withSpan<Result, Failure: Error>(
    _ range: Range<Int>, _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withBytes { (bytes: RawSpan) throws(Failure) in
      try unsafe bytes.extracting(range).withUnsafeBytes { (raw) throws(Failure) in
        let elements = unsafe raw.bindMemory(to: UInt8.self)
        return try unsafe body(elements.span)
      }
    }
  }

  /// Lends all bytes to `body`.
  func withSpan<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withSpan(0..<count, body)
  }

  /// Copies `values.count` numbers, stored little-endian from byte `offset`, into `values`.
  ///
  /// - Precondition: they lie within the file.
  func copyNumbers<Number: BitwiseCopyable>(at offset: Int, into values: inout [Number]) {
    let size = values.count * MemoryLayout<Number>.stride
    withBytes { bytes in
      unsafe bytes.extracting(offset..<offset + size).withUnsafeBytes { source in
        unsafe values.withUnsafeMutableBytes { unsafe $0.copyMemory(from: source) }
      }
    }
  }

  /// Gives the memory of pages that lie wholly within `range` back; they are read again when
  /// touched again.
  func release(_ range: Range<Int>) {
    let page = 4096
    let first = (range.lowerBound + page - 1) / page * page
    let last = range.upperBound / page * page
    guard first < last else { return }
    withBytes { bytes in
      unsafe bytes.withUnsafeBytes { raw in
        guard let base = raw.baseAddress else { return }
        let start = unsafe UnsafeMutableRawPointer(mutating: base + first)
        unsafe madvise(start, last - first, MADV_DONTNEED)
      }
    }
  }
}

extension [UInt8] {
  /// Appends the bytes of `range`.
  ///
  /// - Precondition: `range` lies within `bytes`.
  mutating func append(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    unsafe bytes.extracting(range).withUnsafeBufferPointer {
      unsafe append(contentsOf: $0)
    }
  }
}
