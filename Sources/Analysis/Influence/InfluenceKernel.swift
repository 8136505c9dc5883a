/// How a kernel moves over a map, in positions of that map.
public struct InfluenceWindow: Hashable, Sendable {
  public var height: Int
  public var width: Int
  /// Rows, then columns.
  public var strides: [Int]
  public var dilations: [Int]
  public var padsBefore: [Int]
  public var padsAfter: [Int]

  /// A kernel at every position; the defaults leave no position out and pad nothing.
  ///
  /// - Precondition: Two entries each; lengths, strides and dilations are positive, paddings not
  ///   negative.
  public init(
    height: Int, width: Int, strides: [Int] = [1, 1], dilations: [Int] = [1, 1],
    padsBefore: [Int] = [0, 0], padsAfter: [Int] = [0, 0]
  ) {
    precondition([strides, dilations, padsBefore, padsAfter].allSatisfy { $0.count == 2 })
    precondition((strides + dilations + [height, width]).allSatisfy { $0 > 0 })
    precondition((padsBefore + padsAfter).allSatisfy { $0 >= 0 })
    self.height = height
    self.width = width
    self.strides = strides
    self.dilations = dilations
    self.padsBefore = padsBefore
    self.padsAfter = padsAfter
  }

  var tapCount: Int { height * width }

  /// Lengths of a padded map.
  func paddedLengths(_ height: Int, _ width: Int) -> (rows: Int, columns: Int) {
    (padsBefore[0] + height + padsAfter[0], padsBefore[1] + width + padsAfter[1])
  }

  /// Numbers of several maps of one channel with zeros around them; `Int.max` where there are too many
  /// to count.
  public func paddedCount(_ height: Int, _ width: Int, maps: Int) -> Int {
    let lengths = paddedLengths(height, width)
    let (size, isTooLarge) = lengths.rows.multipliedReportingOverflow(by: lengths.columns)
    let (all, areTooMany) = size.multipliedReportingOverflow(by: maps)
    return isTooLarge || areTooMany ? .max : all
  }

  /// Positions that the kernel takes, rows and columns; zero where it does not fit.
  func positions(_ height: Int, _ width: Int) -> (rows: Int, columns: Int) {
    let lengths = paddedLengths(height, width)
    func count(_ length: Int, _ size: Int, _ axis: Int) -> Int {
      let room = length - ((size - 1) * dilations[axis] + 1)
      return room < 0 ? 0 : room / strides[axis] + 1
    }
    return (count(lengths.rows, self.height, 0), count(lengths.columns, self.width, 1))
  }
}

/// The slices of a layer's kernels that one channel of a source meets: neurons that share a group
/// of a grouped convolution, and the input channels at which the source's channel arrives there.
public struct InfluenceSlices: Sendable {
  /// Neurons of the target.
  public let neurons: Range<Int>
  /// Maps to convolve, the kernels of which are added.
  public let mapCount: Int
  /// Of each neuron, whether all its weights are finite.
  let isFinite: [Bool]
  /// Eight neurons to a panel, one a lane: panel, then map, then place of the kernel.
  let panels: [SIMD8<Float>]

  /// - Parameters:
  ///   - weights: Neurons × maps × places of the kernel, row-major.
  /// - Precondition: As many as that.
  public init(neurons: Range<Int>, mapCount: Int, tapCount: Int, weights: [Float]) {
    let row = mapCount * tapCount
    precondition(weights.count == neurons.count * row)
    self.neurons = neurons
    self.mapCount = mapCount
    var panels = Array(repeating: SIMD8<Float>.zero, count: (neurons.count + 7) / 8 * row)
    var isFinite = Array(repeating: true, count: neurons.count)
    for neuron in neurons.indices.map({ $0 - neurons.lowerBound }) {
      for place in 0..<row {
        let weight = weights[neuron * row + place]
        panels[neuron / 8 * row + place][neuron % 8] = weight
        isFinite[neuron] = isFinite[neuron] && weight.isFinite
      }
    }
    self.panels = panels
    self.isFinite = isFinite
  }
}
