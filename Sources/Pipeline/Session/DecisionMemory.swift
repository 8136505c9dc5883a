import FoundationEssentials
import Networks
import Storage

/// Remembers the preprocessing found for a model and a data set, so that a second start need
/// not try again.
struct DecisionMemory {
  private let path: String

  /// - Parameter key: Of model, data set and everything else the decision depends on.
  init(folder: CacheFolder, key: AnalysisKey) {
    path = "\(folder.path)/\(key.digest).decision.json"
  }

  /// What was remembered; nil when nothing was, or it cannot be read.
  func decision() -> InputDecision? {
    guard let file = try? MappedFile(path: path), file.count < 1 << 24 else { return nil }
    guard let decision = try? JSONDecoder().decode(InputDecision.self, from: Data(file.bytes)),
      isUsable(decision.choice.chosen.preprocessing)
    else { return nil }
    return decision
  }

  private func isUsable(_ preprocessing: Preprocessing) -> Bool {
    let channels = preprocessing.channelCount
    return preprocessing.mean.count == channels
      && preprocessing.standardDeviation.count == channels
      && (1...16_384).contains(preprocessing.height)
      && (1...16_384).contains(preprocessing.width)
  }

  /// Keeps `decision`; a cache that cannot be written is no loss.
  func remember(_ decision: InputDecision) {
    guard let data = try? JSONEncoder().encode(decision),
      (try? makeFolders(parentFolder(of: path))) != nil,
      var file = try? AtomicFile(path: path)
    else { return }
    guard (try? file.write(Array(data))) != nil else { return }
    try? file.commit()
  }
}
