import ModelFiles
import Networks

extension PreprocessingRace {
  /// Images run at a time before another resize policy may be given up.
  private static let policyStep = 16

  /// Tries the winner with other resize policies on the images that were compared; one replaces it
  /// only when clearly better, and is given up as soon as it cannot be.
  mutating func tryPolicies<Failure: Error>(
    _ policies: [ResizePolicy], tolerance: Double,
    _ evaluate: PreprocessingSearch.Evaluation<Failure>
  ) throws(Failure) {
    guard policies.count > 1, !images.compared.isEmpty else { return }
    let winner = winner(priorWeight: 0)
    for policy in policies where policy != winner.trial.preprocessing.resize {
      var other = winner
      other.trial.preprocessing.resize = policy
      other.trial.name += policy.nameSuffix
      guard try run(&other, after: winner, tolerance, evaluate) else { continue }
      let gain = other.lag(behind: winner)
      add(other, isDropped: gain.accuracy <= tolerance || gain.fit <= 0)
    }
    eliminate(tolerance: tolerance)
  }

  /// Runs the images that were compared through `other` while it can become clearly more accurate than
  /// the winner. Where it cannot, it is left without scores and accuracy, and with the images that ran.
  ///
  /// - Returns: False where an image cannot be read.
  private mutating func run<Failure: Error>(
    _ other: inout Entrant, after winner: Entrant, _ tolerance: Double,
    _ evaluate: PreprocessingSearch.Evaluation<Failure>
  ) throws(Failure) -> Bool {
    let count = images.compared.count
    var chase = AccuracyChase(
      after: winner.scores?.isCorrect ?? Array(repeating: true, count: count),
      weights: images.weights)
    for start in stride(from: 0, to: count, by: Self.policyStep) {
      let places = chase.order[start..<min(start + Self.policyStep, count)]
      let step = places.map { images.compared[$0] }
      try run(step, [other.trial.preprocessing], evaluate)
      guard step.allSatisfy({ hasRun($0, as: other) }) else { return false }
      let answers = scores(of: other, on: step, weights: step.map { _ in 1 }).isCorrect
      for (place, isCorrect) in zip(places, answers) { chase.note(isCorrect, at: place) }
      if places.endIndex < count, !chase.canLead(by: tolerance) {
        other.scores = nil
        other.trial.top1 = nil
        (other.trial.imageCount, other.trial.sampleCount) = (places.endIndex, nil)
        return true
      }
    }
    other.scores = scores(of: other, on: images.compared, weights: images.weights)
    other.trial.top1 = other.top1
    return true
  }
}
