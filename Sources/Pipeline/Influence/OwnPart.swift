import Analysis
import Networks

/// A source's part of a tensor for one image, on its way to a target.
struct OwnPart {
  var values: [Float]
  var maps: FeatureMaps

  init(_ values: Span<Float>, _ maps: FeatureMaps) {
    self.values = (0..<values.count).map { values[$0] }
    self.maps = maps
  }

  /// Does what a step does that a tensor of the network steers; false where they do not fit.
  ///
  /// - Parameters:
  ///   - shape: Of the tensor, batch first.
  ///   - steering: Its values for the image.
  mutating func apply(
    _ step: InfluencePath.Step, _ shape: [Int], _ steering: Span<Float>
  ) -> Bool {
    switch step {
    case .gate: return pass(steering)
    case .multiply: return multiply(shape, steering)
    case .pick(_, let window): return pick(steering, window)
    case .scale, .select, .widen, .average, .mean: return false
    }
  }

  /// Does what any other step does; false where it does not fit.
  mutating func apply(_ step: InfluencePath.Step) -> Bool {
    switch step {
    case .gate, .multiply, .pick: return false
    case .scale(let factors): return scale(factors)
    case .select(let axis, let indices): return select(axis, indices)
    case .widen(let before, let after): return widen(before, after)
    case .average: return average()
    case .mean(let window, let countsPadding): return mean(window, countsPadding)
    }
  }

  private mutating func pass(_ gate: Span<Float>) -> Bool {
    guard gate.count == values.count else { return false }
    for index in values.indices where !(gate[index] > 0) { values[index] = 0 }
    return true
  }

  private mutating func scale(_ factors: [Float]) -> Bool {
    guard factors.count > 0, values.count.isMultiple(of: factors.count), !maps.isChannelLast,
      factors.count == maps.neuronCount || factors.count == values.count
    else { return false }
    let size = values.count / factors.count
    for index in values.indices { values[index] *= factors[index / size] }
    return true
  }

  private mutating func select(_ axis: Int, _ indices: [Int]) -> Bool {
    let length = axis == 0 ? maps.height : maps.width
    guard !maps.isChannelLast, !indices.isEmpty, indices.allSatisfy({ (0..<length).contains($0) })
    else { return false }
    let rows = axis == 0 ? indices : Array(0..<maps.height)
    let columns = axis == 1 ? indices : Array(0..<maps.width)
    let kept = (0..<maps.neuronCount).flatMap { channel in
      rows.flatMap { row in
        columns.map { values[maps.place(of: channel, position: row * maps.width + $0)] }
      }
    }
    return replace(kept, [1, maps.neuronCount, rows.count, columns.count])
  }

  private mutating func widen(_ before: Int, _ after: Int) -> Bool {
    let size = maps.positionCount
    let channels = before + maps.neuronCount + after
    guard !maps.isChannelLast, channels * size <= InfluenceEdge.limit else { return false }
    let wide =
      Array(repeating: Float(0), count: before * size) + values
      + Array(repeating: Float(0), count: after * size)
    return replace(wide, [1, channels, maps.height, maps.width])
  }

  private mutating func average() -> Bool {
    guard !maps.isChannelLast else { return false }
    let size = maps.positionCount
    let means = (0..<maps.neuronCount).map { channel in
      let sum = values[channel * size..<(channel + 1) * size].reduce(0.0) { $0 + Double($1) }
      return Float(sum / Double(size))
    }
    return replace(means, [1, maps.neuronCount])
  }

  mutating func replace(_ new: [Float], _ shape: [Int]) -> Bool {
    guard let maps = FeatureMaps(shape: shape, channelAxis: 1) else { return false }
    (values, self.maps) = (new, maps)
    return true
  }
}
