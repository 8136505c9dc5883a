import FoundationEssentials
import Storage

/// Paths a user names, checked before anything is opened.
enum InputPath {
  /// `path`, when something readable is there.
  static func existing(_ path: String) throws(CommandFailure) -> String {
    guard FileManager.default.fileExists(atPath: path) else { throw missing(path) }
    guard FileManager.default.isReadableFile(atPath: path) else {
      throw CommandFailure("“\(path)” may not be read; ask for permission with `chmod u+r`.")
    }
    return path
  }

  /// `path`, when a readable file is there.
  static func file(_ path: String) throws(CommandFailure) -> String {
    if isFolder(path) {
      throw CommandFailure("“\(path)” is a folder; name a file in it\(suggestion(in: path)).")
    }
    return try existing(path)
  }

  /// The text of a readable file of at most 1 MB; what is not UTF-8 is repaired.
  static func text(_ path: String) throws(CommandFailure) -> String {
    let path = try file(path)
    guard let mapped = try? MappedFile(path: path) else {
      throw CommandFailure("“\(path)” cannot be read; check that it is a file.")
    }
    guard mapped.count <= 1 << 20 else {
      throw CommandFailure("“\(path)” has more than 1 MB; a script of keys is shorter.")
    }
    return String(decoding: Array(mapped.bytes), as: UTF8.self)
  }

  /// `~/…` below the home folder; nothing else is expanded.
  static func expanded(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = ProcessInfo.processInfo.environment["HOME"] else {
      return path
    }
    return home + path.dropFirst()
  }

  static func isFolder(_ path: String) -> Bool { PathKind(of: path) == .folder }

  static func isRegularFile(_ path: String) -> Bool {
    if case .file = PathKind(of: path) { true } else { false }
  }

  /// `path` from the root on, as it is written.
  static func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
  }

  /// A word that names no file may be a mistyped command.
  private static func missing(_ path: String) -> CommandFailure {
    if path.isEmpty {
      return CommandFailure("an empty path names no file.", status: ExitStatus.usage)
    }
    guard path.contains("/") || path.contains(".") else {
      return CommandFailure(
        "“\(path)” is neither a command nor a file; see `convscope --help`.",
        status: ExitStatus.usage)
    }
    return CommandFailure("“\(path)” does not exist; check the path.")
  }

  private static func suggestion(in folder: String) -> String {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let models = names.filter { $0.hasSuffix(".onnx") || $0.hasSuffix(".atlas") }.sorted()
    return models.first.map { ", such as \(folder.hasSuffix("/") ? folder : folder + "/")\($0)" }
      ?? ""
  }
}
