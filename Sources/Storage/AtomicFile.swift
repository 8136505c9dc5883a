import Glibc

/// Writes a file beside its final place and moves it there when complete, so that a reader
/// never sees half of it and a failure leaves what was there before.
///
/// A symbolic link to a file is followed and stays. A device, a pipe, and what standard output or error
/// go to are never replaced: they take the bytes as they come.
public struct AtomicFile: ~Copyable {
  public let path: String
  /// Where the file will lie, and where it is until it is complete; nil for what is not replaced.
  private let places: (final: String, partial: String)?
  private var descriptor: Int32
  private var pending: [UInt8] = []
  private static let bufferSize = 1 << 16

  /// Opens `path` + `.partial` for writing, or what is at `path` where that is not to be replaced.
  public init(path: String) throws(StorageError) {
    self.path = path
    let stream = standardStream(at: path)
    let isReplaced =
      switch PathKind(of: path) {
      case .file, nil: stream == nil
      case .folder, .other: false
      }
    let final = resolvedPath(path) ?? path
    places = isReplaced ? (final, "\(final).\(getpid()).partial") : nil
    let flags = O_WRONLY | O_CLOEXEC | (isReplaced ? O_CREAT | O_TRUNC : 0)
    // A duplicate goes on where the stream is, so that neither writes over the other.
    descriptor =
      if let stream { dup(stream) } else { unsafe open(places?.partial ?? path, flags, 0o644) }
    guard descriptor >= 0 else { throw .lastFailure("write", path) }
  }

  deinit {
    if descriptor >= 0 {
      close(descriptor)
      if let places { unsafe unlink(places.partial) }
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
    guard places == nil || fsync(descriptor) == 0 else { throw .lastFailure("write", path) }
    let isClosed = close(descriptor) == 0
    descriptor = -1
    let isInPlace =
      if let places { unsafe rename(places.partial, places.final) == 0 } else { true }
    guard isClosed, isInPlace else {
      let failure = StorageError.lastFailure("write", path)
      if let places { unsafe unlink(places.partial) }
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
