import Glibc

/// A nameless temporary file: bytes go in at the end and come out in the same order, so that
/// what is collected does not have to fit in memory.
public final class SpoolFile {
  private let descriptor: Int32
  private let folder: String
  /// Bytes appended so far.
  public private(set) var count = 0

  /// Opens a spool in `folder`, where it needs as much disk as goes into it.
  public init(folder: String) throws(StorageError) {
    self.folder = folder
    var template = Array("\(folder)/.convscope-spool-XXXXXX".utf8CString)
    descriptor = unsafe mkstemp(&template)
    guard descriptor >= 0 else { throw .lastFailure("write into", resolvedPath(folder) ?? folder) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unsafe unlink(template)
  }

  deinit { close(descriptor) }

  /// Appends `bytes`.
  public func append(_ bytes: [UInt8]) throws(StorageError) {
    var start = 0
    while start < bytes.count {
      let written = unsafe bytes.withUnsafeBytes { buffer in
        unsafe pwrite(
          descriptor, buffer.baseAddress?.advanced(by: start), buffer.count - start,
          off_t(count + start))
      }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw .lastFailure("write into", resolvedPath(folder) ?? folder) }
      start += written
    }
    count += bytes.count
  }

  /// Writes everything to `file`, a piece at a time.
  public func copy(to file: inout AtomicFile) throws(StorageError) {
    var offset = 0
    while offset < count {
      let wanted = min(1 << 16, count - offset)
      var piece = [UInt8](repeating: 0, count: wanted)
      let read = unsafe pread(descriptor, &piece, wanted, off_t(offset))
      if read < 0, errno == EINTR { continue }
      guard read > 0 else { throw .lastFailure("read from", resolvedPath(folder) ?? folder) }
      try file.write(read == wanted ? piece : Array(piece.prefix(read)))
      offset += read
    }
  }
}
