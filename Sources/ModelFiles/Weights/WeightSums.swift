import Networks

/// Sums for the statistics of many weights, eight at a time.
struct WeightSums {
  private var count = 0
  private var zeroCount = 0
  private var nonFiniteCount = 0
  private var minimum = SIMD8<Float>(repeating: .infinity)
  private var maximum = SIMD8<Float>(repeating: -.infinity)
  private var sum = SIMD8<Double>.zero
  private var squareSum = SIMD8<Double>.zero

  mutating func add(_ values: Span<Float>) {
    let whole = values.count / 8 * 8
    if !addWhole(values.extracting(0..<whole)) {
      for i in 0..<whole { add(values[i], times: 1) }
    }
    for i in whole..<values.count { add(values[i], times: 1) }
  }

  /// Adds a multiple of eight numbers; false, and no change, when one of them is not finite.
  private mutating func addWhole(_ values: Span<Float>) -> Bool {
    var (low, high) = (minimum, maximum)
    var (newSum, newSquares) = (sum, squareSum)
    var zeros = SIMD8<Int32>.zero
    var probe = SIMD8<Float>.zero
    var place = 0
    while place < values.count {
      let eight = values.extracting(place..<place + 8)
      let lanes = SIMD8<Float>(
        eight[0], eight[1], eight[2], eight[3], eight[4], eight[5], eight[6], eight[7])
      // x − x is 0 for finite numbers only.
      probe += lanes - lanes
      low.replace(with: lanes, where: lanes .< low)
      high.replace(with: lanes, where: lanes .> high)
      zeros.replace(with: zeros &+ 1, where: lanes .== 0)
      let wide = SIMD8<Double>(lanes)
      newSum += wide
      newSquares += wide * wide
      place += 8
    }
    guard probe.sum() == 0 else { return false }
    (minimum, maximum, sum, squareSum) = (low, high, newSum, newSquares)
    count += values.count
    zeroCount += Int(zeros.wrappedSum())
    return true
  }

  /// Adds one number, `times` over.
  mutating func add(_ value: Float, times: Int) {
    guard times > 0 else { return }
    count += times
    guard value.isFinite else {
      nonFiniteCount += times
      return
    }
    if value == 0 { zeroCount += times }
    minimum[0] = min(minimum[0], value)
    maximum[0] = max(maximum[0], value)
    sum[0] += Double(value) * Double(times)
    squareSum[0] += Double(value) * Double(value) * Double(times)
  }

  /// Of the finite weights; all 0 when there are none.
  var statistics: WeightStatistics {
    let finite = count - nonFiniteCount
    let mean = finite > 0 ? sum.sum() / Double(finite) : 0
    let square = finite > 0 ? squareSum.sum() / Double(finite) : 0
    return WeightStatistics(
      count: count, minimum: finite > 0 ? minimum.min() : 0,
      maximum: finite > 0 ? maximum.max() : 0, mean: mean,
      standardDeviation: max(0, square - mean * mean).squareRoot(),
      zeroShare: count > 0 ? Double(zeroCount) / Double(count) : 0,
      nonFiniteCount: nonFiniteCount)
  }
}
