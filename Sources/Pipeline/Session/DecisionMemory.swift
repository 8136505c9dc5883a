import Networks
import Storage

/// Remembers the preprocessing found for a model and a data set, so that a second start need
/// not try again.
struct DecisionMemory {
  private let file: JSONFile<InputDecision>

  /// - Parameter key: Of model, data set and everything else the decision depends on.
  init(folder: CacheFolder, key: AnalysisKey) {
    file = JSONFile(path: "\(folder.path)/\(key.digest).decision.json", largest: 1 << 24)
  }

  /// What was remembered; nil when nothing was, or it cannot be read.
  func decision() -> InputDecision? {
    guard let decision = file.read(), decision.choice.chosen.preprocessing.isUsable else {
      return nil
    }
    return decision
  }

  /// Keeps `decision`; a cache that cannot be written is no loss.
  func remember(_ decision: InputDecision) { try? file.write(decision) }
}
