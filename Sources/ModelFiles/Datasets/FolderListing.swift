import Glibc
import Storage

/// What a folder holds, in no particular order.
struct FolderListing: Sendable {
  var files: [String] = []
  var folders: [String] = []
  /// Names beginning with a dot.
  var hiddenCount = 0
  /// Pipes, sockets, devices, dangling links and names that are not UTF-8.
  var oddCount = 0
  /// The folder itself, however it was reached.
  var identity: FolderIdentity

  /// Lists a folder without looking at each file where the file system tells its type.
  init(_ path: String) throws(DatasetError) {
    guard let stream = unsafe opendir(path) else {
      throw errno == ENOENT
        ? .notFound(path: path) : .unreadable(path: path, reason: lastSystemReason())
    }
    defer { unsafe closedir(stream) }
    var facts = stat()
    guard unsafe fstat(dirfd(stream), &facts) == 0 else {
      throw .unreadable(path: path, reason: lastSystemReason())
    }
    identity = FolderIdentity(device: UInt64(facts.st_dev), inode: UInt64(facts.st_ino))
    while let entry = unsafe readdir(stream) {
      guard let name = unsafe Self.name(of: entry) else {
        oddCount += 1
        continue
      }
      if name == "." || name == ".." { continue }
      if name.utf8.first == UInt8(ascii: ".") {
        hiddenCount += 1
        continue
      }
      add(name, type: Int(unsafe entry.pointee.d_type), in: path)
    }
  }

  private mutating func add(_ name: String, type: Int, in folder: String) {
    if type == Int(DT_REG) {
      files.append(name)
    } else if type == Int(DT_DIR) {
      folders.append(name)
    } else {
      switch PathKind(of: folder + "/" + name) {
      case .file: files.append(name)
      case .folder: folders.append(name)
      case .other, nil: oddCount += 1
      }
    }
  }

  private static func name(of entry: UnsafeMutablePointer<dirent>) -> String? {
    unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      let capacity = MemoryLayout.size(ofValue: unsafe pointer.pointee)
      return unsafe pointer.withMemoryRebound(to: CChar.self, capacity: capacity) {
        unsafe String(validatingCString: $0)
      }
    }
  }
}

/// Tells folders apart however they are reached, so that loops of links are noticed.
struct FolderIdentity: Hashable, Sendable {
  var device: UInt64
  var inode: UInt64
}
