import FoundationEssentials
import Storage

/// A file of a training run.
public struct RunFile: Hashable, Sendable {
  public var path: String
  /// Seconds since 1970 when it was last written.
  public var modified: Double
  /// The last number in its name; nil without one.
  public var step: Int?
  /// Bytes it has, and what the file system calls it: with the time they tell whether it is still
  /// the same.
  public var byteCount: Int
  public var fileNumber: Int

  /// - Parameter step: The number in its name.
  public init(path: String, modified: Double, step: Int?, byteCount: Int, fileNumber: Int) {
    self.path = path
    self.modified = modified
    self.step = step
    self.byteCount = byteCount
    self.fileNumber = fileNumber
  }

  /// Whether nothing was written to it since `other` was seen at the same path.
  public func isUnchanged(since other: RunFile) -> Bool {
    (modified, byteCount, fileNumber) == (other.modified, other.byteCount, other.fileNumber)
  }

  /// What is at its path now; nil when nothing is.
  public var current: RunFile? {
    if case .file = PathKind(of: path) { RunListing.file(path) } else { nil }
  }

  /// File name without folder and ending.
  public var stem: String { RunListing.stem(lastPart(of: path)) }
}

/// Finds the checkpoints of a run and puts them in training order.
public enum RunListing {
  /// Endings that are tried, best first: where an epoch was saved in several formats, one is read.
  static let endings = ["onnx", "safetensors", "pt", "pth", "ckpt", "th", "npz"]
  private static let largestCount = 10_000

  /// The checkpoints that `paths` name: files as they are, folders by what is in them.
  ///
  /// - Complexity: O(*files* · log *files*); nothing is opened.
  /// - Throws: ``CheckpointError`` when a path leads nowhere or too many files are there.
  public static func files(_ paths: [String]) throws(CheckpointError) -> [RunFile] {
    var files: [RunFile] = []
    for path in paths {
      switch PathKind(of: path) {
      case .folder: files += oneFormat(try folder(path))
      case .file: files.append(file(path))
      case .other: throw .file(.unreadable(path: path, reason: "it is not a file"))
      case nil: throw .file(.notFound(path: path))
      }
    }
    guard files.count <= largestCount else {
      throw .limitExceeded(what: "checkpoints", limit: largestCount)
    }
    return ordered(files)
  }

  /// Whether files in a folder look like checkpoints of one run: at least two have names that differ
  /// in numbers only.
  public static func isRun(_ files: [RunFile]) -> Bool {
    var seen: Set<String> = []
    return files.contains { file in
      guard file.step != nil else { return false }
      let words = lastPart(of: file.path).split(omittingEmptySubsequences: false) {
        $0.isASCII && $0.isNumber
      }
      return !seen.insert(words.filter { !$0.isEmpty }.joined(separator: "#")).inserted
    }
  }

  /// By number, those without one last; equal ones by time, then in natural order of their names.
  static func ordered(_ files: [RunFile]) -> [RunFile] { files.sorted(by: precedes) }

  /// Whether `a` was written before `b` in training, as far as names and times tell.
  public static func precedes(_ a: RunFile, _ b: RunFile) -> Bool {
    let (first, second) = (a.step ?? .max, b.step ?? .max)
    if first != second { return first < second }
    if a.modified != b.modified { return a.modified < b.modified }
    let (left, right) = (Array(a.path.utf8), Array(b.path.utf8))
    return naturallyPrecedes(left.span, right.span)
  }

  /// Where files of `paths` come and go: the folders themselves, and those that hold the files.
  public static func folders(_ paths: [String]) -> [String] {
    var folders: [String] = []
    for path in paths {
      let folder = PathKind(of: path) == .folder ? path : parentFolder(of: path)
      if !folders.contains(folder) { folders.append(folder) }
    }
    return folders
  }

  private static func folder(_ path: String) throws(CheckpointError) -> [RunFile] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      throw .file(.unreadable(path: path, reason: "its files cannot be listed"))
    }
    return sortedNaturally(names).filter { isCheckpoint($0) }.map { file("\(path)/\($0)") }
      .filter { if case .file = PathKind(of: $0.path) { true } else { false } }
  }

  /// Shards and what is still being written are no checkpoints of their own.
  private static func isCheckpoint(_ name: String) -> Bool {
    guard !name.hasPrefix("."), let dot = name.lastIndex(of: ".") else { return false }
    if name.hasSuffix(".safetensors.index.json") { return true }
    return endings.contains(name[name.index(after: dot)...].lowercased())
      && !name.contains("-of-")
  }

  /// The files of the format in which most epochs were saved; the better format among equals.
  private static func oneFormat(_ files: [RunFile]) -> [RunFile] {
    let counts = endings.map { ending in files.count { $0.path.hasSuffix(".\(ending)") } }
    guard let most = counts.max(), most > 0, let best = counts.firstIndex(of: most) else {
      return files
    }
    let chosen = files.filter { $0.path.hasSuffix(".\(endings[best])") }
    let stems = Set(chosen.map(\.stem))
    // Epochs that only another format has are kept, once.
    var seen = stems
    return chosen
      + files.filter { file in
        endings.dropFirst(best + 1).contains { file.path.hasSuffix(".\($0)") }
          && seen.insert(file.stem).inserted
      }
  }

  static func file(_ path: String) -> RunFile {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    let date = attributes?[.modificationDate] as? Date
    return RunFile(
      path: path, modified: date?.timeIntervalSince1970 ?? 0,
      step: step(stem(lastPart(of: path))), byteCount: attributes?[.size] as? Int ?? 0,
      fileNumber: attributes?[.systemFileNumber] as? Int ?? 0)
  }

  static func stem(_ name: String) -> String {
    var name = name[...]
    for suffix in [".json", ".index"] where name.hasSuffix(suffix) {
      name = name.dropLast(suffix.count)
    }
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return String(name) }
    return String(name[..<dot])
  }

  /// The last run of digits, where it stands between other things than letters and digits or
  /// follows letters, as in `epoch12`; hashes such as `12fca82f` hold no number.
  static func step(_ stem: String) -> Int? {
    let words = stem.split { !$0.isLetter && !$0.isNumber }
    for word in words.reversed() {
      let digits = word.reversed().prefix { $0.isASCII && $0.isNumber }.reversed()
      let rest = word.dropLast(digits.count)
      if !digits.isEmpty, !rest.contains(where: \.isNumber), let number = Int(String(digits)) {
        return number
      }
    }
    return nil
  }
}
