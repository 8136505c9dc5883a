/// `result[j] = min(result[j], min over k of weights[k] + rows[k][j])` for two weight rows at once.
///
/// The shape compilers turn into vector minima: one loop over neighbouring values.
struct MinPlus {
  /// Results of the first and the second weight row.
  var first: [Float]
  var second: [Float]

  init(capacity: Int) {
    first = Array(repeating: .infinity, count: capacity)
    second = first
  }

  /// Forgets results `0..<width`.
  mutating func reset(width: Int) {
    for place in 0..<width {
      first[place] = .infinity
      second[place] = .infinity
    }
  }

  /// Takes in rows `range` of `table`, columns `columns`; results go to `columns` less `base`.
  ///
  /// - Complexity: O(|range| · |columns|).
  mutating func take(
    _ range: Range<Int>, of table: Span<Float>, stride: Int, columns: Range<Int>, base: Int,
    weights: (Int) -> (Float, Float)
  ) {
    let block = 2048
    var start = columns.lowerBound
    while start < columns.upperBound {
      let end = min(start + block, columns.upperBound)
      for row in range {
        let (one, other) = weights(row)
        let values = table.extracting(row * stride + start..<row * stride + end)
        Self.take(values, one, at: start - base, to: &first)
        Self.take(values, other, at: start - base, to: &second)
      }
      start = end
    }
  }

  @inline(__always)
  private static func take(
    _ values: Span<Float>, _ weight: Float, at place: Int, to results: inout [Float]
  ) {
    var mine = results.mutableSpan
    precondition(place >= 0 && place + values.count <= mine.count)
    for index in values.indices {
      mine[place + index] = min(mine[place + index], values[index] + weight)
    }
  }
}
