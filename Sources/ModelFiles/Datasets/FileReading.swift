import Glibc

/// The system's word for the last failed call.
func lastSystemReason() -> String {
  unsafe String(cString: strerror(errno))
}

/// A regular file held open for reading at any offset, by any number of threads at once.
final class OpenFile: Sendable {
  let path: String
  /// Bytes in the file when it was opened.
  let byteCount: Int
  private let descriptor: Int32

  init(path: String) throws(DatasetError) {
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw errno == ENOENT
        ? .notFound(path: path) : .unreadable(path: path, reason: lastSystemReason())
    }
    var facts = stat()
    guard unsafe fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .unreadable(path: path, reason: "it is not a regular file")
    }
    self.path = path
    byteCount = Int(facts.st_size)
  }

  deinit { close(descriptor) }

  /// Exactly `count` bytes from `offset`.
  func read(at offset: Int, count: Int) throws(DatasetError) -> [UInt8] {
    guard offset >= 0, count >= 0, offset <= byteCount, count <= byteCount - offset else {
      throw .malformed(path: path, reason: "it ends too early")
    }
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, done in
      while done < count {
        let target = unsafe buffer.baseAddress.map { unsafe $0 + done }
        let step = unsafe pread(descriptor, target, count - done, off_t(offset + done))
        if step > 0 {
          done += step
        } else if step == 0 || errno != EINTR {
          break
        }
      }
    }
    guard bytes.count == count else {
      throw .unreadable(path: path, reason: "it became shorter while being read")
    }
    return bytes
  }
}

/// All bytes of a regular file of at most `limit` bytes.
package func readFile(_ path: String, limit: Int) throws(DatasetError) -> [UInt8] {
  let file = try OpenFile(path: path)
  guard file.byteCount <= limit else {
    throw .unreadable(path: path, reason: "its \(file.byteCount) bytes are too many")
  }
  return try file.read(at: 0, count: file.byteCount)
}
