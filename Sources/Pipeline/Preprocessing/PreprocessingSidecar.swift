import FoundationEssentials
import ModelFiles
public import Networks
public import Storage

/// The file beside a model that keeps its preprocessing: `model.preprocess.json` for
/// `model.onnx`. Written when the user confirms a choice, and read before anything is guessed.
public struct PreprocessingSidecar: Hashable, Sendable {
  public var preprocessing: Preprocessing
  /// How it was found when it was written.
  public var evidence: Evidence
  public var name: String
  public var reason: String

  private static let version = 1
  private static let byteLimit = 1 << 20

  /// What a choice leaves to be kept.
  public init(_ choice: PreprocessingChoice) {
    preprocessing = choice.chosen.preprocessing
    evidence = choice.evidence
    name = choice.chosen.name
    reason = choice.reason
  }

  /// Where the sidecar of a model lies.
  public static func path(besideModel path: String) -> String {
    let slash = path.lastIndex(of: "/") ?? path.startIndex
    let dot = path[slash...].lastIndex(of: ".")
    let stem = dot.map { path[..<$0] } ?? path[...]
    return stem + ".preprocess.json"
  }

  /// Whether there is one beside a model.
  static func exists(besideModel path: String) -> Bool {
    FileManager.default.fileExists(atPath: self.path(besideModel: path))
  }

  /// The choice kept beside a model; nil when there is no sidecar.
  public static func read(
    besideModel modelPath: String
  ) throws(PreprocessingError) -> PreprocessingChoice? {
    let path = path(besideModel: modelPath)
    let bytes: [UInt8]
    do {
      bytes = try readFile(path, limit: byteLimit)
    } catch .notFound {
      return nil
    } catch .unreadable(_, let reason) {
      throw .sidecar(path: path, reason: reason)
    } catch {
      throw .sidecar(path: path, reason: error.description)
    }
    guard let stored = try? JSONDecoder().decode(Stored.self, from: Data(bytes)) else {
      throw .sidecar(path: path, reason: "it is not a preprocessing in JSON")
    }
    guard stored.version == version else {
      throw .sidecar(path: path, reason: "its version is \(stored.version), not \(version)")
    }
    guard stored.preprocess.split(separator: ",").contains(where: { $0.hasPrefix("size=") }) else {
      throw .sidecar(path: path, reason: "it names no size")
    }
    let base = Preprocessing(
      height: 1, width: 1, colorOrder: .rgb, layout: .nchw, scale: 1, mean: [0, 0, 0],
      standardDeviation: [1, 1, 1], resize: .stretch)
    let preprocessing: Preprocessing
    do {
      preprocessing = try PreprocessingSpec.parse(stored.preprocess, base: base)
    } catch {
      throw .sidecar(path: path, reason: error.description)
    }
    let trial = PreprocessingTrial(
      preprocessing: preprocessing, name: stored.name, top1: nil, imageCount: 0)
    return PreprocessingChoice(
      chosen: trial, evidence: .read, runnersUp: [],
      reason: "from \(path), where it was \(stored.evidence.rawValue)")
  }

  /// Writes the sidecar of a model, whole or not at all.
  ///
  /// - Returns: Its path.
  @discardableResult
  public func write(besideModel modelPath: String) throws(StorageError) -> String {
    let path = Self.path(besideModel: modelPath)
    let stored = Stored(
      version: Self.version, preprocess: PreprocessingSpec.text(preprocessing), name: name,
      evidence: evidence, reason: reason)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(stored) else {
      throw .malformed(path: path, detail: "its text cannot be written as JSON")
    }
    try replaceFile(path, with: Array(data) + [UInt8(ascii: "\n")])
    return path
  }

  /// The file's content; `preprocess` is a spec as `--preprocess` takes it.
  private struct Stored: Codable {
    var version: Int
    var preprocess: String
    var name: String
    var evidence: Evidence
    var reason: String
  }
}
