import Atlases

/// Looks for what is wrong with a network.
public struct Diagnosis: Sendable {
  public var thresholds = Thresholds()

  /// With the standard thresholds.
  public init() {}

  /// What was found, most important first: by severity, then in the order of ``FindingRule``,
  /// then by how much is concerned, then from the input to the output.
  ///
  /// - Parameters:
  ///   - training: The same network on its training images, to compare accuracies.
  ///   - removals: What was tried to be taken out, where that was measured.
  /// - Complexity: O(neurons · classes + classes² + images).
  public func findings(
    in atlas: Atlas, training: Atlas? = nil, removals: [RemovalTrial] = []
  ) -> [Finding] {
    let subject = DiagnosisSubject(atlas, training: training, removals: removals, thresholds)
    let detectors: [any Detector] = [
      NonFiniteDetector(), DeadDetector(), NearlyDeadDetector(), DuplicateDetector(),
      SaturationDetector(), RemovalDetector(), WidthDetector(), NarrownessDetector(),
      ScaleDetector(), HalfPrecisionDetector(), AccuracyDetector(), ConfusionDetector(),
      LabelNoiseDetector(),
      PreprocessingDetector(), GapDetector(), DataDetector(),
    ]
    let found = gathered(detectors.flatMap { $0.findings(in: subject) }, subject)
    let ruleRank = FindingRule.allCases.enumerated().reduce(into: [FindingRule: Int]()) {
      $0[$1.element] = $1.offset
    }
    return found.enumerated().sorted { a, b in
      let (first, second) = (a.element, b.element)
      if first.severity != second.severity { return first.severity > second.severity }
      let (rankA, rankB) = (ruleRank[first.rule] ?? 0, ruleRank[second.rule] ?? 0)
      if rankA != rankB { return rankA < rankB }
      if first.weight != second.weight { return first.weight > second.weight }
      return a.offset < b.offset
    }.map(\.element)
  }
}

/// Looks for one kind of thing.
protocol Detector: Sendable {
  func findings(in subject: DiagnosisSubject) -> [Finding]
}
