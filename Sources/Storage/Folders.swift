import Glibc

/// Makes the folder at the absolute `path` and its parents, where they are missing, for this
/// user only.
public func makeFolders(_ path: String) throws(StorageError) {
  var folder = ""
  for part in path.split(separator: "/") {
    folder += "/\(part)"
    if unsafe mkdir(folder, 0o700) != 0, errno != EEXIST {
      throw .lastFailure("make the folder", folder)
    }
  }
}

/// Refuses a path where something is already.
public func requireNothing(at path: String) throws(StorageError) {
  var facts = stat()
  guard unsafe lstat(path, &facts) != 0 else { throw .exists(path: path) }
}

/// The last part of `path`.
public func lastPart(of path: String) -> String {
  path.split(separator: "/").last.map(String.init) ?? path
}

/// The folder that holds `path`; `.` where it names none.
public func parentFolder(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}
