import AtlasFiles
import Glibc
import Storage

/// Paths that a command is to write, checked before it works.
enum OutputPath {
  /// What a command writes; a file of another kind is never replaced by it.
  enum Kind {
    case atlas
    /// Findings or a mask of neurons.
    case json
  }

  /// `path`, when such a file can be written there: found out before hours of work, not after.
  static func writable(_ path: String, as kind: Kind) throws(CommandFailure) -> String {
    switch PathKind(of: path) {
    case .folder:
      throw CommandFailure(
        "“\(path)” is a folder; name the file to write, such as \(example(in: path)).")
    case .other:
      // Bytes go into it, nothing is replaced; an atlas is put together in the folder where it will lie.
      guard kind == .json else {
        throw CommandFailure("“\(path)” is no regular file; name the file to write.")
      }
      return path
    case .file where standardStream(at: path) != nil:
      guard kind == .json else {
        throw CommandFailure(
          "“\(path)” is where standard output goes; name another file for the atlas.")
      }
      return path
    case .file(let byteCount):
      _ = try InputPath.existing(path)
      guard byteCount == 0 || isOurs(path, kind) else {
        throw CommandFailure(
          "“\(path)” holds something else than this command writes, and is not replaced; name another"
            + " file, or remove it first.")
      }
    case nil: break
    }
    let folder = parentFolder(of: resolvedPath(path) ?? path)
    guard InputPath.isFolder(folder) else {
      throw CommandFailure(
        "“\(path)” cannot be written: the folder “\(folder)” does not exist; make it first.")
    }
    guard unsafe access(folder, W_OK | X_OK) == 0 else {
      throw CommandFailure(
        "“\(path)” cannot be written: the folder “\(folder)” is not open to you; choose another"
          + " place.")
    }
    return path
  }

  private static func isOurs(_ path: String, _ kind: Kind) -> Bool {
    switch kind {
    case .atlas: AtlasFile.isAtlas(path: path)
    case .json: isOurJSON(path)
    }
  }

  /// Findings and masks name the program that wrote them.
  private static func isOurJSON(_ path: String) -> Bool {
    guard let file = try? MappedFile(path: path), file.count <= 1 << 26 else { return false }
    let text = String(decoding: Array(file.bytes), as: UTF8.self)
    return text.hasPrefix("{") && text.contains("\"convscope")
  }

  private static func example(in folder: String) -> String {
    folder.hasSuffix("/") ? folder + "result.atlas" : folder + "/result.atlas"
  }
}
