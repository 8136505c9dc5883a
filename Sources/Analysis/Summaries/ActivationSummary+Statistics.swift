import Tensors

extension ActivationSummary {
  /// Means and shares for reading, rounded once from the exact sums.
  ///
  /// A neuron that was not finite in some image has no statistics: its rows are NaN, and
  /// ``NeuronHealth/nonFiniteCount`` says in how many images.
  ///
  /// - Complexity: O(neurons · classes).
  public func statistics() -> ActivationStatistics {
    ActivationStatistics(
      imageCount: imageCount, classCounts: classes.map { $0?.imageCount ?? 0 },
      meanOfMean: matrix { $0.mean[$1].value }, meanOfMax: matrix { $0.maximum[$1].value },
      secondMomentOfMean: matrix { $0.squaredMean[$1].value },
      secondMomentOfMax: matrix { $0.squaredMaximum[$1].value },
      firingShare: matrix { Double($0.firingCount[$1]) },
      topPatches: (0..<neuronCount).map { strongest[$0] }, classBest: classBest,
      health: (0..<neuronCount).map(health))
  }

  /// Neurons × classes of a sum divided by the class's images; 0 where there are none.
  private func matrix(_ sum: (ClassTally, Int) -> Double) -> Matrix {
    var result = Matrix(rowCount: neuronCount, columnCount: classCount)
    for (column, tally) in classes.enumerated() {
      guard let tally, tally.imageCount > 0 else { continue }
      for neuron in 0..<neuronCount {
        result[neuron, column] =
          nonFiniteCounts[neuron] > 0
          ? .nan : Float(sum(tally, neuron) / Double(tally.imageCount))
      }
    }
    return result
  }

  private var classBest: [TopPatch?] {
    var result = [TopPatch?](repeating: nil, count: neuronCount * classCount)
    for (column, tally) in classes.enumerated() {
      guard let tally else { continue }
      for neuron in 0..<neuronCount where tally.best[neuron].isPresent {
        result[neuron * classCount + column] = tally.best[neuron]
      }
    }
    return result
  }

  private func health(_ neuron: Int) -> NeuronHealth {
    NeuronHealth(
      isDead: imageCount > 0 && isDead(extremes[neuron]),
      isSaturated: imageCount > 0 && isSaturated(extremes[neuron]),
      nonFiniteCount: Int(nonFiniteCounts[neuron]))
  }

  /// Rectified: never above 0. Clipped: never above the lower end. Bounded from 0: never above 1 % of the upper end. Otherwise:
  /// one and the same value everywhere, to within rounding.
  private func isDead(_ extremes: ActivationExtremes) -> Bool {
    switch range {
    case .rectified: return extremes.largestMaximum <= 0
    case .clipped(let lower, _): return extremes.largestMaximum <= lower
    case .bounded(let lower, let upper) where lower == 0:
      return extremes.largestMaximum <= 0.01 * upper
    case .bounded, .signed: return isConstant(extremes)
    }
  }

  /// One and the same value everywhere, to within rounding.
  private func isConstant(_ extremes: ActivationExtremes) -> Bool {
    let spread = Double(extremes.largestMaximum) - extremes.smallestMean
    return spread <= 1e-6 * Double(extremes.largestMaximum.magnitude)
  }

  /// Bounded: within 1 % of an end in the spatial mean of every image; clipped: of the upper
  /// end. Rectified: one and the
  /// same value above 0 everywhere in several images.
  private func isSaturated(_ extremes: ActivationExtremes) -> Bool {
    switch range {
    case .signed: return false
    case .rectified:
      return imageCount > 1 && extremes.largestMaximum > 0 && isConstant(extremes)
    case .clipped(let lower, let upper):
      return extremes.smallestMean >= Double(upper) - 0.01 * Double(upper - lower)
    case .bounded(let lower, let upper):
      let margin = 0.01 * Double(upper - lower)
      return extremes.smallestMean >= Double(upper) - margin
        || (lower != 0 && extremes.largestMean <= Double(lower) + margin)
    }
  }
}
