import Glibc
import Storage

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
    let folder = parentFolder(of: path)
    guard let root = resolved(folder), let target = resolved(folder + "/" + location) else {
      return .missing
    }
    return target.hasPrefix(root == "/" ? "/" : root + "/") ? .found(target) : .outside
  }
}
