import Tensors

/// What each neuron of a layer does on an image like any other: mean and standard deviation over
/// all images of one figure an image, such as the spatial mean. Says how far out an image lies.
public struct ActivationNorms: Equatable, Sendable {
  /// One a neuron.
  public let means: [Double]
  /// 0 for a neuron whose figure does not vary, NaN for one that is not finite.
  public let deviations: [Double]
  /// Images these rest on: those with a class.
  public let imageCount: Int

  /// Shares of a second moment below which a variance is rounding: moments are kept in single
  /// precision.
  private static let rounding = 1e-6

  /// - Parameters:
  ///   - firstMoments: Mean by class; neurons × classes.
  ///   - secondMoments: Mean of the square by class; neurons × classes.
  ///   - counts: Images of each class.
  /// - Returns: Nil where the shapes disagree or there is no image.
  /// - Complexity: O(neurons × classes).
  public init?(firstMoments: Matrix, secondMoments: Matrix, counts: [Int]) {
    let total = counts.reduce(0) { $0 + max(0, $1) }
    guard total > 0, firstMoments.columnCount == counts.count,
      secondMoments.columnCount == counts.count, firstMoments.rowCount == secondMoments.rowCount
    else { return nil }
    let weights = counts.map { Double(max(0, $0)) / Double(total) }
    func weighted(_ matrix: Matrix) -> [Double] {
      (0..<matrix.rowCount).map { row in
        var sum = 0.0
        matrix.withRow(row) { values in
          for i in values.indices where weights[i] > 0 { sum += weights[i] * Double(values[i]) }
        }
        return sum
      }
    }
    let means = weighted(firstMoments)
    deviations = zip(means, weighted(secondMoments)).map { mean, square in
      guard mean.isFinite, square.isFinite else { return .nan }
      let variance = square - mean * mean
      return variance > Self.rounding * square ? variance.squareRoot() : 0
    }
    self.means = means
    imageCount = total
  }

  /// Standard scores: how many standard deviations each neuron's value lies above its mean; NaN
  /// where the neuron does not vary or is not finite.
  ///
  /// - Parameter values: One a neuron.
  public func scores(_ values: [Float]) -> [Double] {
    precondition(values.count == means.count)
    return values.indices.map { neuron in
      guard deviations[neuron] > 0 else { return .nan }
      return (Double(values[neuron]) - means[neuron]) / deviations[neuron]
    }
  }
}
