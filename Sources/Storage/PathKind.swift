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

/// The descriptor of standard output or error where `path` leads to what it writes to, such as
/// `/dev/stdout`; nil for any other place.
public func standardStream(at path: String) -> Int32? {
  var wanted = stat()
  guard unsafe stat(path, &wanted) == 0 else { return nil }
  return [STDOUT_FILENO, STDERR_FILENO].first { descriptor in
    var facts = stat()
    return unsafe fstat(descriptor, &facts) == 0 && facts.st_dev == wanted.st_dev
      && facts.st_ino == wanted.st_ino
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
