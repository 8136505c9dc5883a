import Analysis
import Tensors

/// What the figures of a layer's neurons come to, whatever the clusters.
struct LayerFigures: Sendable {
  let scales: [Statistic: HeatRange]
  /// Standard scores of the class means; neurons × classes.
  let selectivity: Matrix
  /// One value a neuron.
  let importances: [Importance: [Double]]
  /// Whether each neuron fires, but at next to no image.
  let isNearlyDead: [Bool]

  /// - Complexity: O(neurons × classes).
  init(_ statistics: ActivationStatistics) {
    let selectivity = statistics.selectivityScores()
    scales = [
      .mean: HeatRange(statistics.meanOfMean), .max: HeatRange(statistics.meanOfMax),
      .firing: HeatRange(statistics.firingShare), .selectivity: HeatRange(selectivity),
    ]
    self.selectivity = selectivity
    importances = allImportances(statistics, selectivity)
    isNearlyDead = (0..<statistics.neuronCount).map { statistics.isNearlyDead($0) }
  }
}

/// Extremes of one statistic in a layer.
struct HeatRange: Sendable {
  var low: Float = 0
  var high: Float = 0
  /// Largest magnitude of each neuron's row.
  var rowPeaks: [Float] = []

  /// Values below zero need a scale with two ends.
  var isSigned: Bool { low < 0 }
  var peak: Float { max(high, -low) }

  /// Where a value lies between nothing and its scale's end, -1…1; nil when not finite.
  func share(_ value: Float, neuron: Int, scale: HeatScale) -> Double? {
    guard value.isFinite else { return nil }
    let end = end(neuron: neuron, scale: scale)
    return end > 0 ? Double(min(1, max(-1, value / end))) : 0
  }

  /// The value that a neuron's scale ends at.
  func end(neuron: Int, scale: HeatScale) -> Float {
    scale == .row && rowPeaks.indices.contains(neuron) ? rowPeaks[neuron] : peak
  }
}

extension HeatRange {
  /// - Parameter matrix: Neurons × classes; values that are not finite do not count.
  init(_ matrix: Matrix) {
    rowPeaks.reserveCapacity(matrix.rowCount)
    for row in 0..<matrix.rowCount {
      var (least, most, peak) = (Float.infinity, -Float.infinity, Float(0))
      matrix.withRow(row) { values in
        for i in values.indices where values[i].isFinite {
          least = min(least, values[i])
          most = max(most, values[i])
        }
      }
      if least <= most {
        low = min(low, least)
        high = max(high, most)
        peak = max(least.magnitude, most.magnitude)
      }
      rowPeaks.append(peak)
    }
  }
}
