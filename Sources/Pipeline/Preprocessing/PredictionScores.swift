import Glibc

/// How well outputs fit the labels, image by image, under one class mapping.
struct PredictionScores: Sendable {
  /// Log-probabilities are not let below this, so that one image cannot decide.
  static let floor = -10.0

  /// Log-probabilities of an image that differ by less are the same: two sessions of the engine, each
  /// with an order of sums of its own, differ by up to 2·10⁻⁶ on the models at hand.
  static let rounding = 1e-4

  /// Whether the best output is the label.
  private(set) var isCorrect: [Bool] = []
  /// Log-probability of the label after the temperature that suits all images best, so that
  /// over-confident networks compare fairly.
  private(set) var logProbability: [Double] = []
  /// How many images each stands for.
  let weights: [Double]
  private let sharpness: Double
  private let areProbabilities: Bool

  /// - Parameters:
  ///   - outputs: Scores of each image; probabilities when `areProbabilities`, else anything
  ///     that a softmax makes probabilities of.
  ///   - targets: The output that should be best, for each image.
  ///   - weights: How many images each stands for; 1 for each where not given.
  /// - Complexity: O(images · outputs · temperatures tried), about ten of these.
  init(outputs: [[Float]], targets: [Int], weights: [Double]? = nil, areProbabilities: Bool) {
    let weights = weights ?? Array(repeating: 1, count: outputs.count)
    let rows = zip(outputs, targets).map { row, target in
      ScoreRow(row, target: target, areProbabilities: areProbabilities)
    }
    isCorrect = rows.map { $0?.isCorrect ?? false }
    let sharpness = Self.bestSharpness(
      zip(rows, weights).compactMap { row, weight in row.map { ($0, weight) } })
    logProbability = rows.map { Self.floored($0?.logProbability(sharpness: sharpness)) }
    self.weights = weights
    self.sharpness = sharpness
    self.areProbabilities = areProbabilities
  }

  private static func floored(_ value: Double?) -> Double { max(value ?? floor, floor) }

  /// Log-probability of a further image's label at the same temperature.
  func logProbability(of row: [Float], target: Int) -> Double {
    let row = ScoreRow(row, target: target, areProbabilities: areProbabilities)
    return Self.floored(row?.logProbability(sharpness: sharpness))
  }

  /// Estimated share of images whose best output is their label.
  var top1: Double {
    let right = zip(isCorrect, weights).reduce(0) { $1.0 ? $0 + $1.1 : $0 }
    return right / max(weights.reduce(0, +), 1)
  }

  /// Estimated mean over all images.
  var meanLogProbability: Double {
    zip(logProbability, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
  }

  /// The sharpness (inverse temperature) with the greatest mean log-probability, to 1 %: climbs
  /// by factors of 2, then narrows the bracket; the mean is concave in the sharpness.
  private static func bestSharpness(_ rows: [(row: ScoreRow, weight: Double)]) -> Double {
    func mean(_ power: Double) -> Double {
      let sharpness = exp2(power)
      return rows.reduce(0) {
        $0 + $1.weight * $1.row.smoothedLogProbability(sharpness: sharpness)
      }
    }
    var best = (power: 0.0, mean: mean(0))
    for direction in [1.0, -1] {
      while abs(best.power) < 20 {
        let next = mean(best.power + direction)
        if next <= best.mean { break }
        best = (best.power + direction, next)
      }
    }
    var step = 0.5
    while step > 0.01 {
      for power in [best.power - step, best.power + step] {
        let next = mean(power)
        if next > best.mean { best = (power, next) }
      }
      step /= 2
    }
    return exp2(best.power)
  }

  /// Whether rows of scores are probabilities: none negative, each row's sum 1.
  static func areProbabilities(_ outputs: [[Float]]) -> Bool {
    outputs.allSatisfy { row in
      row.allSatisfy { $0 >= 0 && $0 <= 1 } && abs(row.reduce(0, +) - 1) < 0.02
    }
  }
}

/// The scores of one image as logarithms, 0 for the best.
private struct ScoreRow {
  private var values: [Double]
  private var target: Double
  private var mean: Double
  var isCorrect: Bool

  /// Nil when the target is no output or a score is no number.
  init?(_ row: [Float], target: Int, areProbabilities: Bool) {
    guard row.indices.contains(target), row.allSatisfy(\.isFinite) else { return nil }
    let logits = row.map { areProbabilities ? log(max(Double($0), 1e-12)) : Double($0) }
    let best = logits.indices.reduce(0) { logits[$1] > logits[$0] ? $1 : $0 }
    let top = logits[best]
    values = logits.map { $0 - top }
    self.target = values[target]
    mean = values.reduce(0, +) / Double(values.count)
    isCorrect = best == target
  }

  /// With a thousandth of the weight on all outputs alike, so that a few images all recognised
  /// do not ask for infinite sharpness.
  func smoothedLogProbability(sharpness: Double) -> Double {
    logProbability(sharpness: sharpness) + 0.001 * (mean - target) * sharpness
  }

  func logProbability(sharpness: Double) -> Double {
    var sum = 0.0
    for value in values { sum += exp(value * sharpness) }
    return target * sharpness - log(sum)
  }
}

/// How many standard errors the mean of `a` lies above that of `b`, image by image.
///
/// Where a few images carry the difference, others like them would be as likely to turn it: to the
/// variance of the sum comes the square of the largest term, as of one more that points either way. So
/// n images that all say the same amount to n at most.
///
/// - Parameter weights: How many images each stands for. Those that stand for more than themselves
///   were drawn from images with differences near 0; what the drawing adds to the variance is the
///   square of theirs (Horvitz and Thompson, JASA 1952, doi:10.1080/01621459.1952.10483446).
/// - Parameter trifle: Differences below count as none.
func pairedZ(_ a: [Double], _ b: [Double], weights: [Double], trifle: Double = 0) -> Double {
  let differences = zip(a, b).map { abs($0 - $1) < trifle ? 0 : $0 - $1 }
  let count = weights.reduce(0, +)
  guard differences.count > 1 else { return 0 }
  let mean = zip(differences, weights).reduce(0) { $0 + $1.0 * $1.1 } / count
  var (spread, drawing, largest) = (0.0, 0.0, 0.0)
  for (difference, weight) in zip(differences, weights) {
    spread += weight * (difference - mean) * (difference - mean)
    drawing += weight * (weight - 1) * difference * difference
    largest = max(largest, weight * weight * difference * difference)
  }
  let squaredError = spread / (count - 1) / count + (drawing + largest) / (count * count)
  return mean == 0 ? 0 : mean / squaredError.squareRoot()
}
