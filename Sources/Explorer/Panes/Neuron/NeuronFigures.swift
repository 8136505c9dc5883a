import Analysis
import Tensors

/// Figures of one neuron over all images.
struct NeuronFigures: Equatable, Sendable {
  /// Of the spatial mean, over images.
  var mean: Double
  var standardDeviation: Double
  /// Share of images in which it is above 0 somewhere.
  var firingShare: Double
  /// (μ₁ − μ) / (μ₁ + μ): μ₁ the largest class mean, μ the mean of the other classes' means.
  /// Nil where a class mean is negative or all are 0.
  ///
  /// A. Morcos, D. Barrett, N. Rabinowitz, M. Botvinick, "On the importance of single
  /// directions for generalization", ICLR 2018.
  var selectivity: Double?
  var preferredClass: Int?

  /// Nil where no labelled image was seen.
  ///
  /// - Precondition: `neuron` is one of the layer's.
  init?(_ statistics: ActivationStatistics, neuron: Int) {
    let counts = statistics.classCounts.map { Double(max(0, $0)) }
    let total = counts.reduce(0, +)
    guard total > 0, counts.count == statistics.classCount else { return nil }
    let weighted = { (matrix: Matrix) -> Double in
      zip(matrix.row(neuron), counts).reduce(0) { $0 + Double($1.0) * $1.1 } / total
    }
    mean = weighted(statistics.meanOfMean)
    let square = weighted(statistics.secondMomentOfMean)
    standardDeviation = max(0, square - mean * mean).squareRoot()
    firingShare = weighted(statistics.firingShare)
    let seen = counts.indices.filter { counts[$0] > 0 }
    let means = seen.map { Double(statistics.meanOfMean[neuron, $0]) }
    guard let best = means.indices.max(by: { (means[$0], $1) < (means[$1], $0) }) else {
      return nil
    }
    preferredClass = seen[best]
    selectivity = nil
    guard means.count > 1, means.allSatisfy({ $0 >= 0 }), means[best] > 0 else { return }
    let others = (means.reduce(0, +) - means[best]) / Double(means.count - 1)
    selectivity = (means[best] - others) / (means[best] + others)
  }
}
