import Analysis
import Networks

/// A source's part of a tensor for one image, on its way to a target.
struct OwnPart {
  private(set) var values: [Float]
  private(set) var maps: FeatureMaps

  init(_ values: Span<Float>, _ maps: FeatureMaps) {
    self.values = (0..<values.count).map { values[$0] }
    self.maps = maps
  }

  /// Keeps what stands where `gate` is positive; false when it is of another size.
  mutating func pass(_ gate: Span<Float>) -> Bool {
    guard gate.count == values.count else { return false }
    for index in values.indices where !(gate[index] > 0) { values[index] = 0 }
    return true
  }

  /// Does what a step other than a gate does; false where it does not fit.
  mutating func apply(_ step: InfluencePath.Step) -> Bool {
    switch step {
    case .gate: return false
    case .scale(let factors): return scale(factors)
    case .select(let axis, let indices): return select(axis, indices)
    case .widen(let before, let after): return widen(before, after)
    case .average: return average()
    }
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

  private mutating func replace(_ new: [Float], _ shape: [Int]) -> Bool {
    guard let maps = FeatureMaps(shape: shape, channelAxis: 1) else { return false }
    (values, self.maps) = (new, maps)
    return true
  }
}
