import FoundationEssentials
import Pipeline
import Tensors

/// Where analyses are kept, and how much lies there.
func cacheFinding(environment: [String: String]) -> DoctorFinding {
  guard let folder = CacheFolder(environment: environment) else {
    return .warn(
      "cache", "no place for one: neither XDG_CACHE_HOME nor HOME is set",
      "set HOME, or write atlases with `analyze -o` and --no-cache")
  }
  let files = FileManager.default
  let names = (try? files.contentsOfDirectory(atPath: folder.path)) ?? []
  let sizes = names.map { name in
    let facts = try? files.attributesOfItem(atPath: "\(folder.path)/\(name)")
    return facts?[.size] as? Int ?? 0
  }
  let total = NumberText.bytes(sizes.reduce(0, +))
  let text = names.isEmpty ? "empty" : "\(NumberText.counted(names.count, "file")), \(total)"
  guard isWritable(folder.path) else {
    return .warn(
      "cache", "\(folder.path) cannot be written",
      "set XDG_CACHE_HOME to a folder of yours, or use --no-cache")
  }
  return .ok("cache", "\(folder.path): \(text)")
}

/// Whether the nearest folder of `path` that exists may be written.
private func isWritable(_ path: String) -> Bool {
  var folder = path
  while !FileManager.default.fileExists(atPath: folder), let slash = folder.lastIndex(of: "/") {
    folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
  }
  return FileManager.default.isWritableFile(atPath: folder)
}
