/// Spatial mean and spatial max of every neuron in one image; a scratch value, reused.
///
/// Means agree with double precision to about 1e-6 relative: single precision within blocks of
/// 512 values in eight lanes, double precision across them. The result depends on the values
/// alone, never on how images are batched or who computes it.
public struct MapReduction: Sendable {
  /// Of each neuron, over the positions of its map.
  public private(set) var means: [Double] = []
  public private(set) var maxima: [Float] = []
  private var blockSums: [Float] = []

  /// An empty scratch value.
  public init() {}

  /// Reduces image `image` of a batch.
  ///
  /// - Parameter values: The batch's activations, laid out as `maps` says.
  /// - Complexity: O(values of one image); no allocation after the first call.
  public mutating func reduce(_ values: Span<Float>, _ maps: FeatureMaps, image: Int) {
    precondition(values.count == maps.valueCount && image < maps.imageCount)
    if means.count != maps.neuronCount {
      means = Array(repeating: 0, count: maps.neuronCount)
      maxima = Array(repeating: 0, count: maps.neuronCount)
    }
    let start = image * maps.valuesPerImage
    let map = values.extracting(start..<start + maps.valuesPerImage)
    if maps.isChannelLast {
      reduceChannelLast(map, maps)
    } else {
      for neuron in 0..<maps.neuronCount {
        let first = neuron * maps.positionCount
        let result = sumAndMaximum(map.extracting(first..<first + maps.positionCount))
        means[neuron] = result.sum / Double(maps.positionCount)
        maxima[neuron] = result.maximum
      }
    }
  }

  /// Positions outside, neurons inside, so that memory is read in order.
  private mutating func reduceChannelLast(_ map: Span<Float>, _ maps: FeatureMaps) {
    let count = maps.neuronCount
    for neuron in 0..<count {
      means[neuron] = 0
      maxima[neuron] = -.infinity
    }
    if blockSums.count != count { blockSums = Array(repeating: 0, count: count) }
    for block in stride(from: 0, to: maps.positionCount, by: 64) {
      for neuron in 0..<count { blockSums[neuron] = 0 }
      for position in block..<min(block + 64, maps.positionCount) {
        for neuron in 0..<count {
          let value = map[position * count + neuron]
          blockSums[neuron] += value
          maxima[neuron] = value > maxima[neuron] ? value : maxima[neuron]
        }
      }
      for neuron in 0..<count { means[neuron] += Double(blockSums[neuron]) }
    }
    for neuron in 0..<count { means[neuron] /= Double(maps.positionCount) }
  }
}

/// Sum and largest value; NaN is passed over by the maximum and spoils the sum.
///
/// - Complexity: O(*n*), sixteen values at a time.
func sumAndMaximum(_ values: Span<Float>) -> (sum: Double, maximum: Float) {
  let count = values.count
  let bytes = unsafe values.bytes
  var sum = 0.0
  var (largestEven, largestOdd) = (
    SIMD8<Float>(repeating: -.infinity), SIMD8<Float>(repeating: -.infinity)
  )
  var index = 0
  while index + 16 <= count {
    let blockEnd = min(count - 15, index + 512)
    var (even, odd) = (SIMD8<Float>(), SIMD8<Float>())
    while index < blockEnd {
      let first = unsafe bytes.unsafeLoadUnaligned(
        fromByteOffset: index &* 4, as: SIMD8<Float>.self)
      let second = unsafe bytes.unsafeLoadUnaligned(
        fromByteOffset: index &* 4 &+ 32, as: SIMD8<Float>.self)
      even += first
      odd += second
      largestEven.replace(with: first, where: first .> largestEven)
      largestOdd.replace(with: second, where: second .> largestOdd)
      index &+= 16
    }
    sum += Double(laneSum(even + odd))
  }
  largestEven.replace(with: largestOdd, where: largestOdd .> largestEven)
  var maximum = laneMaximum(largestEven)
  while index < count {
    sum += Double(values[index])
    if values[index] > maximum { maximum = values[index] }
    index += 1
  }
  return (sum, maximum)
}

@inline(__always)
private func laneSum(_ lanes: SIMD8<Float>) -> Float {
  let four = lanes.lowHalf + lanes.highHalf
  let two = four.lowHalf + four.highHalf
  return two[0] + two[1]
}

@inline(__always)
private func laneMaximum(_ lanes: SIMD8<Float>) -> Float {
  var four = lanes.lowHalf
  four.replace(with: lanes.highHalf, where: lanes.highHalf .> four)
  var two = four.lowHalf
  two.replace(with: four.highHalf, where: four.highHalf .> two)
  return two[0] > two[1] ? two[0] : two[1]
}

/// First place of `value`; the last place when it is nowhere.
///
/// - Complexity: O(*n*), sixteen values at a time.
func firstIndex(of value: Float, in values: Span<Float>) -> Int {
  let bytes = unsafe values.bytes
  var index = 0
  while index + 16 <= values.count {
    let first = unsafe bytes.unsafeLoadUnaligned(
      fromByteOffset: index &* 4, as: SIMD8<Float>.self)
    let second = unsafe bytes.unsafeLoadUnaligned(
      fromByteOffset: index &* 4 &+ 32, as: SIMD8<Float>.self)
    if any((first .== value) .| (second .== value)) { break }
    index &+= 16
  }
  while index < values.count - 1, values[index] != value { index += 1 }
  return index
}
