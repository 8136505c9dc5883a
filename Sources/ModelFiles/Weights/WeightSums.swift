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
    var place = 0
    while place < whole {
      var lanes = SIMD8<Float>()
      for lane in 0..<8 { lanes[lane] = values[place + lane] }
      add(lanes)
      place += 8
    }
    while place < values.count {
      add(values[place], times: 1)
      place += 1
    }
    count += whole
  }

  private mutating func add(_ lanes: SIMD8<Float>) {
    // x − x is 0 for finite numbers only.
    let finite = (lanes - lanes) .== 0
    if finite == SIMDMask(repeating: true) {
      minimum = pointwiseMin(minimum, lanes)
      maximum = pointwiseMax(maximum, lanes)
      let wide = SIMD8<Double>(lanes)
      sum += wide
      squareSum += wide * wide
      let zeros = SIMD8<Int32>.zero.replacing(with: 1, where: lanes .== 0)
      zeroCount += Int(zeros.wrappedSum())
    } else {
      count -= 8
      for lane in 0..<8 { add(lanes[lane], times: 1) }
    }
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
