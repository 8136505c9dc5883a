import Storage

/// Where a file that another one names lies.
enum NeighbourFile: Hashable {
  case found(String)
  case missing
  /// Absolute, upwards, or a link out of the folder.
  case outside

  /// The file `location`, relative to the folder of `path` and to lie within it.
  init(_ location: String, beside path: String) {
    let parts = location.split(separator: "/", omittingEmptySubsequences: true)
    guard !location.hasPrefix("/"), !parts.contains(".."), !parts.isEmpty,
      !location.unicodeScalars.contains("\0"), !location.contains("\\")
    else {
      self = .outside
      return
    }
    let folder = parentFolder(of: path)
    guard let root = resolvedPath(folder), let target = resolvedPath(folder + "/" + location) else {
      self = .missing
      return
    }
    self = target.hasPrefix(root == "/" ? "/" : root + "/") ? .found(target) : .outside
  }
}
