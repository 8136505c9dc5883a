import Glibc

/// A file mapped read-only into memory; pages are read when touched and never copied here.
@safe public final class MappedFile: Sendable {
  public let path: String
  /// Bytes in the file when it was opened.
  public let count: Int
  private nonisolated(unsafe) let base: UnsafeRawPointer?

  /// - Throws: ``StorageError`` when the file is missing, unreadable or a folder.
  public init(path: String) throws(StorageError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .lastFailure("open", path) }
    defer { close(descriptor) }
    var facts = stat()
    guard unsafe fstat(descriptor, &facts) == 0 else { throw .lastFailure("open", path) }
    guard facts.st_mode & S_IFMT != S_IFDIR else { throw .isDirectory(path: path) }
    guard facts.st_mode & S_IFMT == S_IFREG else {
      throw .system(operation: "open", path: path, reason: "it is not a regular file")
    }
    self.path = path
    count = Int(facts.st_size)
    guard count > 0 else {
      unsafe base = nil
      return
    }
    let address = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let address = unsafe address, unsafe address != MAP_FAILED else {
      throw .lastFailure("map", path)
    }
    unsafe base = UnsafeRawPointer(address)
  }

  deinit {
    if let base = unsafe base { unsafe munmap(UnsafeMutableRawPointer(mutating: base), count) }
  }

  /// Lends all bytes to `body`; they must not outlive the call.
  public func withBytes<Result, Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let buffer = unsafe UnsafeRawBufferPointer(start: base, count: count)
    return try unsafe body(buffer.bytes)
  }

  /// Gives back the memory of pages that were touched; they are read anew when touched again. Safe
  /// while others read.
  public func releasePages() {
    guard let base = unsafe base else { return }
    _ = unsafe madvise(UnsafeMutableRawPointer(mutating: base), count, MADV_DONTNEED)
  }
}

extension MappedFile {
  /// A copy of all bytes; for small files whose size was looked at.
  public var bytes: [UInt8] {
    withBytes { bytes in unsafe bytes.withUnsafeBytes { unsafe Array($0) } }
  }
}

extension StorageError {
  /// The failure that `errno` tells of.
  package static func lastFailure(_ operation: String, _ path: String) -> StorageError {
    let code = errno
    if code == ENOSPC || code == EDQUOT || code == EFBIG { return .diskFull(path: path) }
    if code == EISDIR { return .isDirectory(path: path) }
    return .system(
      operation: operation, path: path, reason: unsafe String(cString: strerror(code)))
  }
}
