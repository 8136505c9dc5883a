import Tensors

extension ActivationStatistics {
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
