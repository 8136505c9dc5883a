import Glibc

/// What a path leads to.
public enum PathKind: Hashable, Sendable {
  case file(byteCount: Int)
  case folder
  /// A pipe, socket or device.
  case other

  /// What `path` leads to, links followed; nil when it leads nowhere.
  public init?(of path: String) {
    var facts = stat()
    guard unsafe stat(path, &facts) == 0 else { return nil }
    switch facts.st_mode & S_IFMT {
    case S_IFREG: self = .file(byteCount: Int(facts.st_size))
    case S_IFDIR: self = .folder
    default: self = .other
    }
  }
}

/// The absolute path with every symbolic link followed; nil when nothing is there. `errno` stays as
/// it is.
public func resolvedPath(_ path: String) -> String? {
  let code = errno
  defer { errno = code }
  guard let buffer = unsafe realpath(path, nil) else { return nil }
  defer { unsafe free(buffer) }
  return unsafe String(cString: buffer)
}
