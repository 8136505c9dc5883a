import Glibc

/// Writes a file beside its final place and moves it there when complete, so that a reader
/// never sees half of it and a failure leaves what was there before.
public struct AtomicFile: ~Copyable {
  public let path: String
  private let partialPath: String
  private var descriptor: Int32
  private var pending: [UInt8] = []
  private static let bufferSize = 1 << 16

  /// Opens `path` + `.partial` for writing.
  public init(path: String) throws(StorageError) {
    self.path = path
    partialPath = "\(path).\(getpid()).partial"
    descriptor = unsafe open(partialPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .lastFailure("write", path) }
  }

  deinit {
    if descriptor >= 0 {
      close(descriptor)
      unsafe unlink(partialPath)
    }
  }

  /// Appends `bytes`.
  public mutating func write(_ bytes: [UInt8]) throws(StorageError) {
    pending += bytes
    if pending.count >= Self.bufferSize { try flush() }
  }

  /// Makes the file durable and puts it in its place.
  public consuming func commit() throws(StorageError) {
    try flush()
    guard fsync(descriptor) == 0 else { throw .lastFailure("write", path) }
    let isClosed = close(descriptor) == 0
    descriptor = -1
    guard isClosed, unsafe rename(partialPath, path) == 0 else {
      let failure = StorageError.lastFailure("write", path)
      unsafe unlink(partialPath)
      throw failure
    }
  }

  private mutating func flush() throws(StorageError) {
    var start = 0
    while start < pending.count {
      let written = unsafe pending.withUnsafeBytes { buffer in
        unsafe Glibc.write(
          descriptor, buffer.baseAddress?.advanced(by: start), buffer.count - start)
      }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw .lastFailure("write", path) }
      start += written
    }
    pending.removeAll(keepingCapacity: true)
  }
}

/// Writes a whole file in the place of what stood at `path`.
public func replaceFile(_ path: String, with bytes: [UInt8]) throws(StorageError) {
  var file = try AtomicFile(path: path)
  try file.write(bytes)
  try file.commit()
}

/// Copies a file, a piece of it in memory at a time; what stood at `target` is replaced only when all
/// went well.
public func copyFile(from source: String, to target: String) throws(StorageError) {
  let file = try MappedFile(path: source)
  var copy = try AtomicFile(path: target)
  let step = 1 << 20
  for start in stride(from: 0, to: file.count, by: step) {
    let piece = file.withBytes { bytes in
      let part = bytes.extracting(start..<min(start + step, bytes.byteCount))
      return unsafe part.withUnsafeBytes { unsafe Array($0) }
    }
    try copy.write(piece)
    file.releasePages()
  }
  try copy.commit()
}
