import Glibc

/// Whether other machines may write to where `path` is, of which the kernel here tells nothing.
func isOnNetworkFileSystem(_ path: String) -> Bool {
  guard let resolved = resolvedPath(path) else { return false }
  return isOnNetworkFileSystem(resolved, mounts: mountTable())
}

/// - Parameter mounts: Lines of device, mount point, type and more, as in `/proc/self/mounts`.
func isOnNetworkFileSystem(_ path: String, mounts: String) -> Bool {
  let remote = [
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "lustre", "ceph", "gpfs", "beegfs", "afs",
    "pvfs2", "virtiofs",
  ]
  var best: (length: Int, type: String) = (-1, "")
  for line in mounts.split(separator: "\n") {
    let words = line.split(separator: " ")
    guard words.count > 2 else { continue }
    let point = words[1]
    let isAbove = path == point || point == "/" || path.hasPrefix(point + "/")
    // Of several mounts at one place the last is on top.
    if isAbove, point.utf8.count >= best.length { best = (point.utf8.count, String(words[2])) }
  }
  return remote.contains(best.type) || best.type.hasPrefix("fuse.")
}

/// Empty where it cannot be read. Its size is not known before: it is no stored file.
private func mountTable() -> String {
  let file = unsafe open("/proc/self/mounts", O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { return "" }
  defer { close(file) }
  var text: [UInt8] = []
  var buffer: [UInt8] = Array(repeating: 0, count: 1 << 16)
  while text.count < 1 << 22 {
    let count = unsafe read(file, &buffer, buffer.count)
    guard count > 0 else { break }
    text += buffer[..<count]
  }
  return String(decoding: text, as: UTF8.self)
}
