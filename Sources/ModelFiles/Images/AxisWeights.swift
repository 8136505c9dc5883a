/// Weights of an antialiased bilinear (triangle) filter along one axis, in fixed point.
///
/// Output index `i` is the sum over `k < counts[i]` of source index `starts[i] + k` times
/// `weights[i · stride + k] / 2²²`. Rounding and order follow Pillow's `Resample.c`
/// (`precompute_coeffs`, `normalize_coeffs_8bpc`), so that results agree exactly.
struct AxisWeights: Hashable, Sendable {
  /// Fraction bits of a weight: 8 bits of result, 2 of headroom, 22 left of 32.
  static let precision = 22
  /// One half, added once so that the shift rounds.
  static let half: Int32 = 1 << 21

  /// Never falling.
  private(set) var starts: [Int] = []
  private(set) var counts: [Int] = []
  private(set) var weights: [Int32]
  /// Weights kept per output index; unused ones are 0. None is negative.
  let stride: Int

  /// Weights for the outputs `range` of `sourceCount` samples resized to `resizedCount`.
  ///
  /// - Complexity: O(`range.count` · max(1, `sourceCount` / `resizedCount`)).
  init(sourceCount: Int, resizedCount: Int, range: Range<Int>) {
    precondition(sourceCount > 0 && resizedCount > 0)
    precondition(range.lowerBound >= 0 && range.upperBound <= resizedCount)
    let scale = Double(sourceCount) / Double(resizedCount)
    let support = max(scale, 1)
    stride = min(Int(support.rounded(.up)) * 2 + 1, sourceCount)
    weights = Array(repeating: 0, count: range.count * stride)
    starts.reserveCapacity(range.count)
    counts.reserveCapacity(range.count)
    var shares = [Double](repeating: 0, count: stride)
    for (place, index) in range.enumerated() {
      let center = (Double(index) + 0.5) * scale
      let first = max(Int(center - support + 0.5), 0)
      let end = min(Int(center + support + 0.5), sourceCount)
      starts.append(first)
      counts.append(end - first)
      var sum = 0.0
      for tap in 0..<end - first {
        shares[tap] = max(0, 1 - abs((Double(first + tap) - center + 0.5) / support))
        sum += shares[tap]
      }
      for tap in 0..<end - first {
        weights[place * stride + tap] = Int32(
          0.5 + shares[tap] / sum * Double(1 << Self.precision))
      }
    }
  }

  /// The source indices that any of the outputs depends on.
  var sources: Range<Int> {
    let low = starts.first ?? 0
    let high = zip(starts, counts).map(+).max() ?? low
    return low..<high
  }

  /// The same weights for a source that begins at index `first` of this one.
  func beginning(at first: Int) -> AxisWeights {
    precondition(first <= sources.lowerBound)
    var weights = self
    weights.starts = starts.map { $0 - first }
    return weights
  }
}
