/// What is kept of one neuron's map of one image: spatial mean, spatial max, the row and the column
/// where that is first reached, and the value at the map's centre.
///
/// Means agree with double precision to about 1e-6 relative. The numbers depend on the map alone,
/// never on how images are batched; between layouts, means may differ in the last bits.
public enum MapNumbers {
  /// Mean, maximum, row, column, centre.
  public static let perNeuron = 5

  /// Images in a tensor of maps; nil when the shape does not hold such maps.
  ///
  /// - Parameters:
  ///   - shape: Lengths of the axes, images first; in blocks, channels are rounded up to whole blocks.
  ///   - blockSize: 1, or channels that lie side by side in blocks (NCHWc); a multiple of 8.
  public static func imageCount(
    shape: [Int], channelAxis: Int, neuronCount: Int, blockSize: Int = 1
  ) -> Int? {
    readable(shape, channelAxis, neuronCount, blockSize)?.imageCount
  }

  private static func readable(
    _ shape: [Int], _ channelAxis: Int, _ neuronCount: Int, _ blockSize: Int
  ) -> FeatureMaps? {
    guard let maps = FeatureMaps(shape: shape, channelAxis: channelAxis) else { return nil }
    guard blockSize > 1 else { return maps.neuronCount == neuronCount ? maps : nil }
    let isBlocked =
      !maps.isChannelLast && blockSize.isMultiple(of: 8) && maps.neuronCount >= neuronCount
      && maps.neuronCount.isMultiple(of: blockSize)
    return isBlocked ? maps : nil
  }

  /// Reduces every image of a batch.
  ///
  /// - Parameters:
  ///   - values: The activations, as `shape`, `channelAxis` and `blockSize` say.
  ///   - shape: Lengths of the axes, batch first.
  ///   - blockSize: 1, or channels that lie side by side in blocks (NCHWc); a multiple of 8.
  ///   - numbers: Filled with images × neurons × ``perNeuron``.
  /// - Returns: False when the shape does not hold such maps.
  /// - Complexity: O(values).
  public static func fill(
    _ numbers: inout MutableSpan<Float>, from values: Span<Float>, shape: [Int],
    channelAxis: Int, neuronCount: Int, blockSize: Int = 1
  ) -> Bool {
    guard let maps = readable(shape, channelAxis, neuronCount, blockSize),
      maps.valueCount == values.count,
      numbers.count == maps.imageCount * neuronCount * perNeuron
    else { return false }
    if blockSize > 1 {
      fillBlocked(&numbers, values, maps, neuronCount, blockSize)
      return true
    }
    for image in 0..<maps.imageCount {
      for neuron in 0..<neuronCount {
        let place = (image * neuronCount + neuron) * perNeuron
        let start = image * maps.valuesPerImage + maps.start(of: neuron)
        let found =
          maps.isChannelLast
          ? stridedPeak(values, start, maps)
          : planarPeak(values.extracting(start..<start + maps.positionCount))
        store(found.mean, found.maximum, found.position, maps, at: place, in: &numbers)
        numbers[place + 4] = values[start + maps.center * maps.positionStride]
      }
    }
    return true
  }

  private static func store(
    _ mean: Double, _ maximum: Float, _ position: Int, _ maps: FeatureMaps, at place: Int,
    in numbers: inout MutableSpan<Float>
  ) {
    numbers[place] = Float(mean)
    numbers[place + 1] = maximum
    numbers[place + 2] = Float(position / maps.width)
    numbers[place + 3] = Float(position % maps.width)
  }

  private static func planarPeak(
    _ map: Span<Float>
  ) -> (mean: Double, maximum: Float, position: Int) {
    let (sum, maximum) = sumAndMaximum(map)
    return (sum / Double(map.count), maximum, firstIndex(of: maximum, in: map))
  }

  private static func stridedPeak(
    _ values: Span<Float>, _ start: Int, _ maps: FeatureMaps
  ) -> (mean: Double, maximum: Float, position: Int) {
    var (sum, maximum, best) = (0.0, -Float.infinity, 0)
    for position in 0..<maps.positionCount {
      let value = values[start + position * maps.positionStride]
      sum += Double(value)
      if value > maximum { (maximum, best) = (value, position) }
    }
    return (sum / Double(maps.positionCount), maximum, best)
  }

  private static func fillBlocked(
    _ numbers: inout MutableSpan<Float>, _ values: Span<Float>, _ maps: FeatureMaps,
    _ neuronCount: Int, _ blockSize: Int
  ) {
    let starts = stride(from: 0, to: neuronCount, by: 8).map { first in
      let block = first / blockSize * blockSize
      return block * maps.positionCount + (first - block)
    }
    var peaks = LanePeaks(starts: starts)
    for image in 0..<maps.imageCount {
      let start = image * maps.valuesPerImage
      let map = values.extracting(start..<start + maps.valuesPerImage)
      peaks.find(in: map, count: maps.positionCount, stride: blockSize)
      for neuron in 0..<neuronCount {
        let place = (image * neuronCount + neuron) * perNeuron
        store(
          peaks.sums[neuron] / Double(maps.positionCount), peaks.maxima[neuron],
          Int(peaks.positions[neuron]), maps, at: place, in: &numbers)
        numbers[place + 4] = map[starts[neuron / 8] + maps.center * blockSize + neuron % 8]
      }
    }
  }
}
