import Canvas
import Tensors

/// How a layer's values become colours.
struct HeatPaint {
  let range: HeatRange
  let scale: HeatScale
  let heatmap: Heatmap

  init(_ range: HeatRange, _ scale: HeatScale, _ theme: Theme) {
    self.range = range
    self.scale = scale
    heatmap = Heatmap(range.isSigned ? theme.signedRamp : theme.dataRamp, tier: theme.tier)
  }

  /// Mean share of scale over some neurons, one a bin of classes; NaN where nothing is finite.
  ///
  /// - Parameters:
  ///   - values: Neurons × classes.
  ///   - order: Classes as they are shown.
  ///   - bins: Places in `order` that share a mean.
  /// - Complexity: O(neurons × classes).
  func shares(
    _ values: Matrix, neurons: ArraySlice<Int>, order: [Int], bins: [Range<Int>]
  ) -> [Double] {
    var sums = Array(repeating: 0.0, count: bins.count)
    var counts = Array(repeating: 0, count: bins.count)
    var scaled = Array(repeating: Float(0), count: values.columnCount)
    for neuron in neurons {
      let end = range.end(neuron: neuron, scale: scale)
      values.withRow(neuron) { divide($0, by: end, into: &scaled) }
      let (classes, found) = (order.span, scaled.span)
      for (place, bin) in bins.enumerated() {
        for at in bin where found[classes[at]].isFinite {
          sums[place] += Double(found[classes[at]])
          counts[place] += 1
        }
      }
    }
    return zip(sums, counts).map { $1 > 0 ? $0 / Double($1) : .nan }
  }
}

/// Where values lie between nothing and `end`, -1…1; NaN for those that are not finite. Apart, so
/// that both have one length that the compiler knows of: it then divides in vectors.
private func divide(_ values: Span<Float>, by end: Float, into shares: inout [Float]) {
  precondition(values.count == shares.count)
  var shares = shares.mutableSpan
  for place in values.indices {
    let share = end > 0 ? min(1, max(-1, values[place] / end)) : 0
    shares[place] = values[place].magnitude < .infinity ? share : .nan
  }
}

/// `count` items shared out over `places` as evenly as whole numbers allow.
func evenBins(_ count: Int, into places: Int) -> [Range<Int>] {
  guard count > 0, places > 0 else { return [] }
  let bins = min(count, places)
  return (0..<bins).map { $0 * count / bins..<($0 + 1) * count / bins }
}

/// Columns of a heatmap: which classes each stands for and how wide it is drawn.
struct HeatColumns {
  var bins: [Range<Int>]
  var cellsPerBin: Int

  /// - Parameter widest: Most cells a class takes.
  init(_ classCount: Int, width: Int, widest: Int = 6) {
    bins = evenBins(classCount, into: max(0, width))
    cellsPerBin = bins.isEmpty ? 1 : max(1, min(widest, width / bins.count))
  }

  var width: Int { bins.count * cellsPerBin }

  /// Whether a column stands for several classes.
  func isBinned(_ classCount: Int) -> Bool { bins.count < classCount }
}
