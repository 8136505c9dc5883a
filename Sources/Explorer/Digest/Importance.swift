import Analysis
import Tensors

/// What the size of a neuron's picture stands for.
package enum Importance: String, Hashable, Sendable, CaseIterable {
  /// Mean over the images of the spatial mean.
  case activation
  /// Standard deviations over all images by which the best class's mean lies above the mean.
  case selectivity
  /// The value of the strongest patch.
  case peak
  /// What the class' score loses when the neuron alone is switched off; measured, not part of the
  /// figures.
  case contribution

  var title: String {
    switch self {
    case .activation: "mean activation"
    case .selectivity: "class selectivity (z-score)"
    case .peak: "strongest activation"
    case .contribution: "contribution (score lost without it)"
    }
  }

  /// The one after it, round and round.
  var next: Importance {
    switch self {
    case .activation: .selectivity
    case .selectivity: .peak
    case .peak: .contribution
    case .contribution: .activation
    }
  }

  /// Those that a layer's figures give.
  static let ofFigures: [Importance] = [.activation, .selectivity, .peak]

  /// One value a neuron; NaN where the figures do not give one, as without labels.
  ///
  /// - Parameter selectivity: The statistics' ``ActivationStatistics/selectivityScores()``.
  /// - Complexity: O(neurons × classes).
  func values(_ statistics: ActivationStatistics, _ selectivity: Matrix) -> [Double] {
    switch self {
    case .activation: meanActivations(statistics)
    case .selectivity: bestScores(selectivity)
    case .peak: statistics.topPatches.map { $0.first.map { Double($0.value) } ?? .nan }
    case .contribution: Array(repeating: .nan, count: statistics.neuronCount)
    }
  }
}

private func meanActivations(_ statistics: ActivationStatistics) -> [Double] {
  let total = Double(statistics.classCounts.reduce(0, +))
  let weights = statistics.classCounts.map { Double($0) / total }
  return (0..<statistics.neuronCount).map { neuron in
    guard total > 0 else { return .nan }
    var sum = 0.0
    statistics.meanOfMean.withRow(neuron) { row in
      for i in row.indices where weights[i] > 0 { sum += weights[i] * Double(row[i]) }
    }
    return sum
  }
}

/// - Parameter scores: Standard scores of class means; neurons × classes.
private func bestScores(_ scores: Matrix) -> [Double] {
  (0..<scores.rowCount).map { neuron in
    var best = -Float.infinity
    scores.withRow(neuron) { row in
      for i in row.indices where row[i].isFinite { best = max(best, row[i]) }
    }
    return best.isFinite ? Double(best) : .nan
  }
}

/// All of them.
///
/// - Parameter selectivity: The statistics' ``ActivationStatistics/selectivityScores()``.
func allImportances(
  _ statistics: ActivationStatistics, _ selectivity: Matrix
) -> [Importance: [Double]] {
  var values: [Importance: [Double]] = [:]
  for importance in Importance.ofFigures {
    values[importance] = importance.values(statistics, selectivity)
  }
  return values
}
