import Tensors

/// How well each neuron tells one class from another.
///
/// The figure is Cohen's *d* of the spatial mean: the difference of the two class means in
/// units of the root mean of the two variances over images. J. Cohen, "Statistical Power
/// Analysis for the Behavioral Sciences", 2nd edition, 1988, section 2.2.
public struct ClassSeparation: Equatable, Sendable {
  /// One a neuron: above 0 where the first class excites it more. Nil without an image of
  /// either class, or with a figure that is not finite; infinite where classes differ without
  /// any spread.
  public let effects: [Double?]
  /// Images of the first and of the second class.
  public let imageCounts: (first: Int, second: Int)

  /// - Parameters:
  ///   - first: Column of a class.
  ///   - second: Column of another.
  /// - Complexity: O(neurons).
  public init(_ statistics: ActivationStatistics, first: Int, second: Int) {
    let counts = statistics.classCounts
    precondition(counts.indices.contains(first) && counts.indices.contains(second))
    imageCounts = (counts[first], counts[second])
    let hasImages = counts[first] > 0 && counts[second] > 0
    effects = (0..<statistics.neuronCount).map { neuron in
      guard hasImages else { return nil }
      let (a, b) = (Moments(statistics, neuron, first), Moments(statistics, neuron, second))
      let difference = a.mean - b.mean
      let spread = ((a.variance + b.variance) / 2).squareRoot()
      guard difference.isFinite, spread.isFinite else { return nil }
      if spread == 0 { return difference == 0 ? 0 : difference * .infinity }
      return difference / spread
    }
  }

  public static func == (one: ClassSeparation, other: ClassSeparation) -> Bool {
    one.effects == other.effects && one.imageCounts == other.imageCounts
  }

  /// Mean magnitude over `neurons`, infinite ones counted as `ceiling`; nil without a figure.
  public func meanMagnitude(of neurons: [Int], ceiling: Double = 10) -> Double? {
    let known = neurons.compactMap { effects[$0] }.map { min(ceiling, $0.magnitude) }
    return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }
}

/// Mean and variance of a neuron's spatial mean over the images of one class.
private struct Moments {
  let mean: Double
  let variance: Double

  init(_ statistics: ActivationStatistics, _ neuron: Int, _ column: Int) {
    mean = Double(statistics.meanOfMean[neuron, column])
    // Rounding of the stored moments may take it below zero.
    variance = max(0, Double(statistics.secondMomentOfMean[neuron, column]) - mean * mean)
  }
}
