import Glibc

/// A model file in memory with bytes appended; the file itself is never written.
///
/// The file's pages are mapped copy-on-write in front of zeroed pages that take the appendix.
@safe struct MappedModel: ~Copyable {
  let bytes: UnsafeMutableRawBufferPointer

  /// Maps the file at `path`.
  init(path: String, appending appendix: [UInt8]) throws(InferenceError) {
    let file = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw Self.failure(path) }
    defer { close(file) }
    var facts = stat()
    guard unsafe fstat(file, &facts) == 0 else { throw Self.failure(path) }
    guard facts.st_mode & S_IFMT == S_IFREG else {
      throw .modelUnreadable(path: path, reason: "it is not a file")
    }
    let fileCount = Int(facts.st_size)
    guard fileCount > 0 else { throw .modelUnreadable(path: path, reason: "it is empty") }
    let count = fileCount + appendix.count
    let base = unsafe mmap(
      nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let base = unsafe base, unsafe base != MAP_FAILED else { throw Self.failure(path) }
    let mapped = unsafe mmap(
      base, fileCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED, file, 0)
    guard unsafe mapped == base else {
      let error = Self.failure(path)
      unsafe munmap(base, count)
      throw error
    }
    unsafe bytes = UnsafeMutableRawBufferPointer(start: base, count: count)
    unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[fileCount...]).copyBytes(from: appendix)
  }

  deinit { unsafe munmap(bytes.baseAddress, bytes.count) }

  private static func failure(_ path: String) -> InferenceError {
    .modelUnreadable(path: path, reason: unsafe String(cString: strerror(errno)))
  }
}
