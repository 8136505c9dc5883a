/// How far the analysis in the background is.
package struct AnalysisProgress: Hashable, Sendable {
  /// Images summarised so far.
  package var done: Int
  /// Images there are to summarise; 0 while unknown.
  package var planned: Int
  /// Images a second; nil before it is known.
  package var rate: Double?
  package var secondsLeft: Double?
  /// What is going on: `finding the preprocessing`; empty while images stream.
  package var phase: String
  package var unreadable: Int
  package var isFinished: Bool
  /// Why the analysis ended early: one sentence.
  package var failure: String?

  package init(
    done: Int, planned: Int, rate: Double? = nil, secondsLeft: Double? = nil,
    phase: String = "", unreadable: Int = 0, isFinished: Bool = false, failure: String? = nil
  ) {
    self.done = done
    self.planned = planned
    self.rate = rate
    self.secondsLeft = secondsLeft
    self.phase = phase
    self.unreadable = unreadable
    self.isFinished = isFinished
    self.failure = failure
  }

  /// Share done in 0…1.
  var share: Double {
    planned > 0 ? min(1, max(0, Double(done) / Double(planned))) : 0
  }
}
