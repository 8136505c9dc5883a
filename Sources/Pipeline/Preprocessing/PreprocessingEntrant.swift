import ModelFiles
import Networks

/// A candidate under one class mapping, with what is known of it in a race.
struct PreprocessingEntrant {
  var trial: PreprocessingTrial
  var mapping: ClassMapping
  /// Lower is more usual.
  var rank: Int
  /// On the images that were compared.
  var scores: PredictionScores?

  var top1: Double { scores?.top1 ?? 0 }
  /// Mean log-probability of the labels.
  var fit: Double { scores?.meanLogProbability ?? -.infinity }

  /// Whether the difference in fit is more than a trifle, whatever its significance.
  func isClearlyWorse(than other: Self) -> Bool {
    other.fit - fit > 0.0005 + 0.005 * abs(other.fit)
  }

  /// Nats by which the labels are less likely than under another, over all images.
  func deficit(to other: Self) -> Double {
    guard let scores, let others = other.scores else { return 0 }
    return scores.weights.indices.reduce(0) { sum, image in
      sum + scores.weights[image] * (others.logProbability[image] - scores.logProbability[image])
    }
  }

  /// Standard errors by which it is better (positive) or worse than another.
  func lag(behind other: Self) -> (fit: Double, accuracy: Double) {
    guard let scores, let others = other.scores else { return (0, 0) }
    let number = { (flag: Bool) in flag ? 1.0 : 0.0 }
    return (
      pairedZ(
        scores.logProbability, others.logProbability, weights: scores.weights,
        trifle: PredictionScores.rounding),
      pairedZ(
        scores.isCorrect.map(number), others.isCorrect.map(number), weights: scores.weights)
    )
  }
}
