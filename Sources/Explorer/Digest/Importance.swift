import Analysis
import Tensors

/// What the size of a neuron's picture stands for.
package enum Importance: String, Hashable, Sendable, CaseIterable {
  /// Mean over the images of the spatial mean.
  case activation
  /// Standard deviations by which the best class's mean lies above the mean over classes.
  case selectivity
  /// The value of the strongest patch.
  case peak

  var title: String {
    switch self {
    case .activation: "mean activation"
    case .selectivity: "class selectivity (z-score)"
    case .peak: "strongest activation"
    }
  }

  /// The one after it, round and round.
  var next: Importance {
    switch self {
    case .activation: .selectivity
    case .selectivity: .peak
    case .peak: .activation
    }
  }

  /// One value a neuron; NaN where the figures do not give one, as without labels.
  ///
  /// - Complexity: O(neurons × classes).
  func values(_ statistics: ActivationStatistics) -> [Double] {
    switch self {
    case .activation: meanActivations(statistics)
    case .selectivity: selectivities(statistics.meanOfMean)
    case .peak: statistics.topPatches.map { $0.first.map { Double($0.value) } ?? .nan }
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

private func selectivities(_ means: Matrix) -> [Double] {
  let count = Double(means.columnCount)
  return (0..<means.rowCount).map { neuron in
    guard count > 1 else { return .nan }
    var (sum, squares, best) = (0.0, 0.0, -Double.infinity)
    means.withRow(neuron) { row in
      for i in row.indices {
        let value = Double(row[i])
        sum += value
        squares += value * value
        best = max(best, value)
      }
    }
    let mean = sum / count
    let deviation = max(0, squares / count - mean * mean).squareRoot()
    return deviation > 1e-9 * mean.magnitude ? (best - mean) / deviation : 0
  }
}

/// All of them.
func allImportances(_ statistics: ActivationStatistics) -> [Importance: [Double]] {
  var values: [Importance: [Double]] = [:]
  for importance in Importance.allCases { values[importance] = importance.values(statistics) }
  return values
}
