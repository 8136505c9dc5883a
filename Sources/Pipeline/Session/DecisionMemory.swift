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
    guard let decision = file.read(), isUsable(decision.choice.chosen.preprocessing) else {
      return nil
    }
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
  func remember(_ decision: InputDecision) { try? file.write(decision) }
}
