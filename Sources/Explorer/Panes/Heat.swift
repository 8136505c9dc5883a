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
      let isWhole = values.withRow(neuron) { divide($0, by: end, into: &scaled) }
      if isWhole {
        add(scaled.span, in: order.span, bins, to: &sums)
        for (place, bin) in bins.enumerated() { counts[place] += bin.count }
      } else {
        addFinite(scaled.span, in: order.span, bins, to: &sums, &counts)
      }
    }
    return zip(sums, counts).map { $1 > 0 ? $0 / Double($1) : .nan }
  }
}

/// Where values lie between nothing and `end`, -1…1; NaN for those that are not finite. Apart, so
/// that both have one length that the compiler knows of: it then divides in vectors.
///
/// - Returns: Whether all are finite.
private func divide(_ values: Span<Float>, by end: Float, into shares: inout [Float]) -> Bool {
  precondition(values.count == shares.count)
  var shares = shares.mutableSpan
  var odd: UInt32 = 0
  for place in values.indices {
    let share = end > 0 ? min(1, max(-1, values[place] / end)) : 0
    let isFinite = values[place].magnitude < .infinity
    shares[place] = isFinite ? share : .nan
    odd |= isFinite ? 0 : 1
  }
  return odd == 0
}

/// Adds finite shares to the sums of their bins, each bin's in their order. Four bins at a time, for one
/// sum waits for the one before.
private func add(
  _ shares: Span<Float>, in order: Span<Int>, _ bins: [Range<Int>], to sums: inout [Double]
) {
  var place = 0
  while place + 4 <= bins.count {
    let (a, b, c, d) = (bins[place], bins[place + 1], bins[place + 2], bins[place + 3])
    let common = min(min(a.count, b.count), min(c.count, d.count))
    var four = SIMD4(sums[place], sums[place + 1], sums[place + 2], sums[place + 3])
    for step in 0..<common {
      four += SIMD4(
        Double(shares[order[a.lowerBound + step]]), Double(shares[order[b.lowerBound + step]]),
        Double(shares[order[c.lowerBound + step]]), Double(shares[order[d.lowerBound + step]]))
    }
    for lane in 0..<4 {
      let bin = bins[place + lane]
      var sum = four[lane]
      for at in bin.lowerBound + common..<bin.upperBound { sum += Double(shares[order[at]]) }
      sums[place + lane] = sum
    }
    place += 4
  }
  for place in place..<bins.count {
    for at in bins[place] { sums[place] += Double(shares[order[at]]) }
  }
}

/// The same where some are NaN, which do not count.
private func addFinite(
  _ shares: Span<Float>, in order: Span<Int>, _ bins: [Range<Int>], to sums: inout [Double],
  _ counts: inout [Int]
) {
  for (place, bin) in bins.enumerated() {
    for at in bin where shares[order[at]].isFinite {
      sums[place] += Double(shares[order[at]])
      counts[place] += 1
    }
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
