/// How strongly one channel drives neurons of a later layer on one image: the largest value, and the
/// largest opposite one, that the convolution of the channel's map with the one slice of a neuron's
/// kernel takes at any position.
///
/// F. Hohman, H. Park, C. Robinson, D. H. Chau, "Summit: Scaling Deep Learning Interpretability by
/// Visualizing Activation and Attribution Summarizations", IEEE TVCG 26(1):1096-1106, 2020,
/// doi:10.1109/TVCG.2019.2934659, section 6.3, takes the maximum. Keeping what inhibits apart is our
/// own: excitatory is max(0, maximum), inhibitory max(0, −minimum).
public struct ChannelInfluence: Equatable, Sendable {
  /// Never negative; NaN where a weight or a value of the map is not finite.
  public var excitatory: Float
  public var inhibitory: Float

  public init(excitatory: Float, inhibitory: Float) {
    self.excitatory = excitatory
    self.inhibitory = inhibitory
  }
}

/// Convolves maps with slices and keeps the extremes, one image and one channel at a time. Reuses its
/// buffers; belongs to one thread at a time.
public struct InfluenceConvolution: Sendable {
  private let window: InfluenceWindow
  private var padded: [Float] = []
  /// Where the kernel's places lie in the padded maps, map after map.
  private var offsets: [Int] = []
  private var shape = (maps: 0, height: 0, width: 0)

  /// - Parameter window: How the kernel moves.
  public init(_ window: InfluenceWindow) {
    self.window = window
  }

  /// The influence of a channel on each neuron of `slices`.
  ///
  /// Each value is summed over maps and places of the kernel in that order, in single precision,
  /// without fused multiply-add: the same bits on every processor.
  ///
  /// - Parameters:
  ///   - maps: `slices.mapCount` maps of height × width, one after the other.
  ///   - body: Called once a neuron, ascending.
  /// - Complexity: O(neurons × positions × maps × places of the kernel).
  public mutating func measure(
    _ maps: Span<Float>, height: Int, width: Int, _ slices: InfluenceSlices,
    _ body: (_ neuron: Int, ChannelInfluence) -> Void
  ) {
    precondition(maps.count == slices.mapCount * height * width)
    var (isZero, isFinite) = (true, true)
    for index in maps.indices {
      isZero = isZero && maps[index] == 0
      isFinite = isFinite && maps[index].isFinite
    }
    let rows = window.tapCount * slices.mapCount
    if !isZero { pad(maps, height, width, slices.mapCount) }
    for panel in 0..<(slices.neurons.count + 7) / 8 {
      var extremes = Extremes()
      if !isZero, isFinite {
        extremes = self.extremes(
          slices.panels.span.extracting(panel * rows..<(panel + 1) * rows),
          window.positions(height, width), columns: window.paddedLengths(height, width).columns)
      }
      for lane in 0..<min(8, slices.neurons.count - panel * 8) {
        let neuron = panel * 8 + lane
        let isKnown = isFinite && slices.isFinite[neuron]
        body(
          slices.neurons.lowerBound + neuron,
          ChannelInfluence(
            excitatory: isKnown ? extremes.high[lane] : .nan,
            inhibitory: isKnown ? -extremes.low[lane] : .nan))
      }
    }
  }

  /// Copies the maps between zeros, and notes where the kernel's places lie.
  private mutating func pad(_ maps: Span<Float>, _ height: Int, _ width: Int, _ count: Int) {
    let lengths = window.paddedLengths(height, width)
    let size = lengths.rows * lengths.columns
    if shape != (count, height, width) {
      shape = (count, height, width)
      padded = Array(repeating: 0, count: count * size)
      offsets = []
      for map in 0..<count {
        for row in 0..<window.height {
          for column in 0..<window.width {
            offsets.append(
              map * size + row * window.dilations[0] * lengths.columns
                + column * window.dilations[1])
          }
        }
      }
    }
    for map in 0..<count {
      for row in 0..<height {
        let from = (map * height + row) * width
        let to = map * size + (window.padsBefore[0] + row) * lengths.columns + window.padsBefore[1]
        for column in 0..<width { padded[to + column] = maps[from + column] }
      }
    }
  }

  /// Largest and smallest values over all positions, zero among them; four positions at a time.
  private func extremes(
    _ panel: Span<SIMD8<Float>>, _ positions: (rows: Int, columns: Int), columns: Int
  ) -> Extremes {
    var found = Extremes()
    let (values, places) = (padded.span, offsets.span)
    let step = window.strides[1]
    let fours = positions.columns / 4
    for row in 0..<positions.rows {
      var at = row * window.strides[0] * columns
      for _ in 0..<fours {
        let (a, b, c, d) = responses(panel, values, places, at, step)
        found.take(a)
        found.take(b)
        found.take(c)
        found.take(d)
        at += 4 * step
      }
      for _ in fours * 4..<positions.columns {
        found.take(response(panel, values, places, at))
        at += step
      }
    }
    return found
  }

  @inline(__always)
  private func response(
    _ panel: Span<SIMD8<Float>>, _ values: Span<Float>, _ places: Span<Int>, _ at: Int
  ) -> SIMD8<Float> {
    var sum = SIMD8<Float>.zero
    for tap in panel.indices { sum += panel[tap] * values[at + places[tap]] }
    return sum
  }

  @inline(__always)
  private func responses(
    _ panel: Span<SIMD8<Float>>, _ values: Span<Float>, _ places: Span<Int>, _ at: Int, _ step: Int
  ) -> (SIMD8<Float>, SIMD8<Float>, SIMD8<Float>, SIMD8<Float>) {
    var (a, b) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
    var (c, d) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
    for tap in panel.indices {
      let (weights, place) = (panel[tap], at + places[tap])
      a += weights * values[place]
      b += weights * values[place + step]
      c += weights * values[place + 2 * step]
      d += weights * values[place + 3 * step]
    }
    return (a, b, c, d)
  }
}

/// Of eight neurons, zero among the values.
private struct Extremes {
  var high = SIMD8<Float>.zero
  var low = SIMD8<Float>.zero

  @inline(__always)
  mutating func take(_ values: SIMD8<Float>) {
    high.replace(with: values, where: values .> high)
    low.replace(with: values, where: values .< low)
  }
}
