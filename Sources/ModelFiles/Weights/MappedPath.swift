import Glibc

/// Paths as the system resolves them.
enum MappedPath {
  /// The absolute path with every symbolic link followed; nil when nothing is there.
  static func resolved(_ path: String) -> String? {
    guard let buffer = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(buffer) }
    return unsafe String(cString: buffer)
  }

  /// Where a file that another one names lies.
  enum Neighbour: Hashable {
    case found(String)
    case missing
    /// Absolute, upwards, or a link out of the folder.
    case outside
  }

  /// The file `location`, relative to the folder of `path` and to lie within it.
  static func beside(_ path: String, _ location: String) -> Neighbour {
    let parts = location.split(separator: "/", omittingEmptySubsequences: true)
    guard !location.hasPrefix("/"), !parts.contains(".."), !parts.isEmpty,
      !location.unicodeScalars.contains("\0"), !location.contains("\\")
    else { return .outside }
    let folder = folder(of: path)
    guard let root = resolved(folder), let target = resolved(folder + "/" + location) else {
      return .missing
    }
    return target.hasPrefix(root == "/" ? "/" : root + "/") ? .found(target) : .outside
  }

  /// The folder part of `path`; `.` when there is none.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last part of `path`.
  static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
