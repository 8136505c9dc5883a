import Atlases
import FoundationEssentials
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
  func column(_ key: AnalysisKey) -> RunColumn? { readsKept ? file(key)?.read() : nil }

  /// Keeps a column; a cache that cannot be written is no loss.
  func keep(_ column: RunColumn, _ key: AnalysisKey) { try? file(key)?.write(column) }

  private func file(_ key: AnalysisKey) -> JSONFile<RunColumn>? {
    folder.map {
      JSONFile(path: "\($0.path)/\(key.digest).run.json", largest: Self.largestFile)
    }
  }
}
