import Glibc

/// A file that exists in memory only and yet has a path, for an engine that writes to paths.
@safe final class MemoryFile {
  private let descriptor: Int32

  private typealias Create = @convention(c) (UnsafePointer<CChar>?, UInt32) -> Int32

  /// Nil where the system has no such files.
  init?() {
    guard let symbol = unsafe dlsym(nil, "memfd_create") else { return nil }
    let closeOnExec: UInt32 = 1
    descriptor = unsafe unsafeBitCast(symbol, to: Create.self)("convscope", closeOnExec)
    guard descriptor >= 0 else { return nil }
  }

  deinit { close(descriptor) }

  /// Valid within this process while the file exists.
  var path: String { "/proc/self/fd/\(descriptor)" }

  /// Everything written so far; nil when it cannot be read.
  func bytes() -> [UInt8]? {
    var facts = stat()
    guard unsafe fstat(descriptor, &facts) == 0, facts.st_size > 0 else { return nil }
    let count = Int(facts.st_size)
    let content = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let step = unsafe pread(
          descriptor, buffer.baseAddress?.advanced(by: filled), count - filled, filled)
        guard step > 0 else { return }
        filled += step
      }
    }
    return content.count == count ? content : nil
  }
}
