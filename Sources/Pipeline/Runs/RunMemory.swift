import Atlases
import FoundationEssentials
import ModelFiles
import Storage

/// What images gave at one checkpoint.
struct RunColumn: Codable, Equatable, Sendable {
  /// One a layer of the checkpoint's network.
  var activations: [ActivationMeasures]
  var accuracy: RunAccuracy?
}

/// Keeps columns of runs in the cache, by everything they depend on.
struct RunMemory {
  /// Nil to keep nothing.
  private let folder: CacheFolder?
  private let readsKept: Bool

  private static let largestFile = 1 << 28

  init(_ request: AnalysisRequest) {
    folder = request.usesCache ? CacheFolder(environment: ProcessInfo.processInfo.environment) : nil
    readsKept = !request.ignoresCached
  }

  /// What was kept; nil when nothing was, or it cannot be read.
  func column(_ key: AnalysisKey) -> RunColumn? {
    guard readsKept, let path = path(key),
      let bytes = try? readFile(path, limit: Self.largestFile)
    else { return nil }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try? decoder.decode(RunColumn.self, from: Data(bytes))
  }

  /// Keeps a column; a cache that cannot be written is no loss.
  func keep(_ column: RunColumn, _ key: AnalysisKey) {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let path = path(key), let data = try? encoder.encode(column),
      (try? makeFolders(parentFolder(of: path))) != nil, var file = try? AtomicFile(path: path),
      (try? file.write(Array(data))) != nil
    else { return }
    try? file.commit()
  }

  private func path(_ key: AnalysisKey) -> String? {
    folder.map { "\($0.path)/\(key.digest).run.json" }
  }
}
