import Tensors

extension ActivationStatistics {
  /// How far a class stands out from what is usual for a neuron: its class mean of the spatial mean
  /// less the mean over all images, in standard deviations over all images (Glass's Δ). An image's
  /// own standard score has the same scale.
  ///
  /// - Returns: Neurons × classes; NaN for classes without images and for neurons that do not vary
  ///   or are not finite.
  /// - Complexity: O(neurons × classes).
  public func selectivityScores() -> Matrix {
    var scores = Matrix(
      rowCount: neuronCount, columnCount: classCount,
      values: Array(repeating: .nan, count: neuronCount * classCount))
    guard let norms = meanNorms else { return scores }
    let seen = classCounts.indices.filter { classCounts[$0] > 0 }
    for neuron in 0..<neuronCount where norms.deviations[neuron] > 0 {
      let (mean, deviation) = (norms.means[neuron], norms.deviations[neuron])
      for column in seen {
        scores[neuron, column] = Float((Double(meanOfMean[neuron, column]) - mean) / deviation)
      }
    }
    return scores
  }

  /// The same for one class, one score a neuron.
  ///
  /// - Complexity: O(neurons × classes).
  public func selectivityScores(of column: Int) -> [Double] {
    guard let norms = meanNorms, classCounts[column] > 0 else {
      return Array(repeating: .nan, count: neuronCount)
    }
    return norms.scores((0..<neuronCount).map { meanOfMean[$0, column] })
  }

  /// Mean and standard deviation of the spatial mean over all images; nil without labelled images.
  public var meanNorms: ActivationNorms? {
    ActivationNorms(
      firstMoments: meanOfMean, secondMoments: secondMomentOfMean, counts: classCounts)
  }

  /// The class with a neuron's largest mean of the spatial mean, the lowest among equals; nil where
  /// no labelled image was seen.
  public func preferredClass(of neuron: Int) -> Int? {
    let seen = classCounts.indices.filter { classCounts[$0] > 0 }
    return seen.max { a, b in
      (meanOfMean[neuron, a], b) < (meanOfMean[neuron, b], a)
    }
  }

  /// (μ₁ − μ) / (μ₁ + μ): μ₁ the largest class mean of the spatial mean, μ the mean of the others'.
  /// Nil where there are not two classes, a class mean is negative, or none is above 0.
  ///
  /// A. Morcos, D. Barrett, N. Rabinowitz, M. Botvinick, "On the importance of single directions
  /// for generalization", ICLR 2018.
  public func classSelectivity(of neuron: Int) -> Double? {
    let seen = classCounts.indices.filter { classCounts[$0] > 0 }
    let means = seen.map { Double(meanOfMean[neuron, $0]) }
    guard means.count > 1, means.allSatisfy({ $0 >= 0 }), let best = means.max(), best > 0 else {
      return nil
    }
    let others = (means.reduce(0, +) - best) / Double(means.count - 1)
    return (best - others) / (best + others)
  }
}
