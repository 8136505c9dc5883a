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

  /// Mean share of scale over some neurons and classes; NaN where nothing is finite.
  func share(
    _ digest: LayerDigest, _ statistic: Statistic, neurons: ArraySlice<Int>,
    classes: ArraySlice<Int>
  ) -> Double {
    guard let values = digest.values(statistic) else { return .nan }
    var sum = 0.0
    var count = 0
    for neuron in neurons {
      for classIndex in classes {
        let share = range.share(values[neuron, classIndex], neuron: neuron, scale: scale)
        guard let share else { continue }
        sum += share
        count += 1
      }
    }
    return count > 0 ? sum / Double(count) : .nan
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
