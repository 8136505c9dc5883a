import Analysis
import Tensors

/// Figures of one neuron over all images.
struct NeuronFigures: Equatable, Sendable {
  /// Of the spatial mean, over images.
  var mean: Double
  var standardDeviation: Double
  /// Share of images in which it is above 0 somewhere.
  var firingShare: Double
  /// As ``ActivationStatistics/classSelectivity(of:)``.
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
    preferredClass = statistics.preferredClass(of: neuron)
    selectivity = statistics.classSelectivity(of: neuron)
  }
}
