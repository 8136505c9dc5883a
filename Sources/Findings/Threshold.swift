/// A number that decides whether something is a finding; `Docs/FINDINGS.md` has the table.
public enum Threshold: String, Hashable, Sendable, CaseIterable {
  case imagesMinimum = "images.minimum"
  case coverageMinimum = "coverage.minimum"
  case deadWarning = "dead.warning"
  case deadError = "dead.error"
  case rareFiring = "rare.firing"
  case rareWarning = "rare.warning"
  case duplicateCosine = "duplicate.cosine"
  case duplicateWarning = "duplicate.warning"
  case saturatedWarning = "saturated.warning"
  case saturatedError = "saturated.error"
  case wideShare = "wide.share"
  case removalLoss = "removal.loss"
  case narrowSelectivity = "narrow.selectivity"
  case narrowShare = "narrow.share"
  case scaleWarning = "scale.warning"
  case scaleError = "scale.error"
  case confusionShare = "confusion.share"
  case confusionCount = "confusion.count"
  case classImages = "class.images"
  case collapseShare = "collapse.share"
  case noiseConfidence = "noise.confidence"
  case noiseAccuracy = "noise.accuracy"
  case gapAccuracy = "gap.accuracy"
  case unreadableWarning = "unreadable.warning"
  case diedJump = "died.jump"
  case frozenChange = "frozen.change"

  /// The value unless the reader chooses another.
  public var standard: Double { facts.standard }

  /// Values it may take.
  public var range: ClosedRange<Double> { facts.range }

  /// What it is compared with.
  public var meaning: String { facts.meaning }

  private var facts: (standard: Double, range: ClosedRange<Double>, meaning: String) {
    let share = 0.0...1.0
    return switch self {
    case .imagesMinimum: (100, 32...1e9, "images below which neurons are not judged")
    case .coverageMinimum:
      (0.5, share, "share of the outputs that the images must show before idle neurons matter")
    case .deadWarning: (0.25, share, "share of a layer's neurons that never fire: warning")
    case .deadError: (0.5, share, "share of a layer's neurons that never fire: error")
    case .rareFiring: (0.01, share, "share of images below which a neuron hardly ever fires")
    case .rareWarning: (0.25, share, "share of a layer's neurons that hardly ever fire: warning")
    case .duplicateCosine: (0.95, 0.9...1, "|cosine| of two neurons that do the same")
    case .duplicateWarning: (0.25, share, "share of a layer's neurons that repeat another: warning")
    case .saturatedWarning: (0.1, share, "share of a layer's neurons at a bound: warning")
    case .saturatedError: (0.5, share, "share of a layer's neurons at a bound: error")
    case .wideShare: (0.5, share, "share of a layer's neurons that are dead or repeat another")
    case .removalLoss:
      (0.02, share, "accuracy that taking a part out may cost, at the bad end of the 95 % interval")
    case .narrowSelectivity: (0.2, share, "class selectivity from which a neuron is specific")
    case .narrowShare: (0.05, share, "share of specific neurons below which all are mixed")
    case .scaleWarning: (1e4, 1...1e30, "largest ÷ smallest size of activations: warning")
    case .scaleError: (1e6, 1...1e30, "largest ÷ smallest size of activations: error")
    case .confusionShare: (0.2, share, "share of a class taken for one other class")
    case .confusionCount: (5, 1...1e9, "images of a confusion below which it may be chance")
    case .classImages: (10, 1...1e9, "images of a class below which it is not judged")
    case .collapseShare: (0.9, share, "share of all images given the same answer")
    case .noiseConfidence: (0.95, share, "confidence of a firm disagreement with the label")
    case .noiseAccuracy: (0.7, share, "accuracy below which the network cannot judge labels")
    case .gapAccuracy: (0.1, share, "accuracy on training less accuracy on test images")
    case .unreadableWarning: (0.01, share, "share of images that could not be read: warning")
    case .diedJump:
      (0.25, share, "share of a layer's neurons that die from one checkpoint to the next")
    case .frozenChange:
      (1e-4, share, "‖ΔW‖/‖W‖ in every step below which a layer stands still in a run")
    }
  }
}

/// The thresholds in use.
public struct Thresholds: Hashable, Sendable {
  private var changed: [Threshold: Double] = [:]

  /// The standard ones.
  public init() {}

  /// The value in use.
  public subscript(_ threshold: Threshold) -> Double { changed[threshold] ?? threshold.standard }

  /// Takes `name=value`.
  public mutating func set(_ assignment: String) throws(ThresholdError) {
    let parts = assignment.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { throw .notAnAssignment(assignment) }
    guard let threshold = Threshold(rawValue: parts[0]) else { throw .unknown(parts[0]) }
    guard let value = Double(parts[1]), threshold.range.contains(value) else {
      throw .outOfRange(threshold, parts[1])
    }
    changed[threshold] = value
  }
}

/// Why a threshold could not be set.
public enum ThresholdError: Error, Hashable, Sendable, CustomStringConvertible {
  case notAnAssignment(String)
  case unknown(String)
  case outOfRange(Threshold, String)

  public var description: String {
    switch self {
    case .notAnAssignment(let text):
      "a threshold is set as name=value, such as dead.warning=0.2, not as \(text)"
    case .unknown(let name):
      "no threshold is called \(name): there are "
        + Threshold.allCases.map(\.rawValue).joined(separator: ", ")
    case .outOfRange(let threshold, let value):
      "\(threshold.rawValue) takes a number from \(threshold.range.lowerBound) to "
        + "\(threshold.range.upperBound), not \(value)"
    }
  }
}
