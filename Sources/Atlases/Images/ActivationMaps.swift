import Analysis

/// The feature maps of a layer's neurons for one image.
public struct ActivationMaps: Equatable, Sendable {
  public let neuronCount: Int
  /// Rows and columns of the maps kept here.
  public let height: Int
  public let width: Int
  /// Positions of the layer's own map along each axis that one value is the mean of; 1 where the
  /// maps are kept as they are.
  public let reduction: Int
  /// Neurons × rows × columns.
  public let values: [Float]

  /// Values kept at most; larger maps are averaged over squares of positions until they fit.
  public static let valueLimit = 1 << 21

  /// - Precondition: `values` has one value a neuron and position.
  public init(neuronCount: Int, height: Int, width: Int, reduction: Int = 1, values: [Float]) {
    precondition(values.count == neuronCount * height * width && reduction >= 1)
    self.neuronCount = neuronCount
    self.height = height
    self.width = width
    self.reduction = reduction
    self.values = values
  }

  /// The maps of the first image of a batch.
  ///
  /// - Parameters:
  ///   - values: The tensor, as `maps` says it lies in memory.
  ///   - limit: Values to keep at most.
  /// - Precondition: The tensor has at least one image.
  /// - Complexity: O(values of the image).
  public init(_ values: Span<Float>, _ maps: FeatureMaps, limit: Int = ActivationMaps.valueLimit) {
    var reduction = 1
    func size(_ length: Int) -> Int { (length + reduction - 1) / reduction }
    while reduction < max(maps.height, maps.width),
      maps.neuronCount * size(maps.height) * size(maps.width) > limit
    {
      reduction += 1
    }
    let (height, width) = (size(maps.height), size(maps.width))
    var kept: [Float] = []
    kept.reserveCapacity(maps.neuronCount * height * width)
    for neuron in 0..<maps.neuronCount {
      for row in 0..<height {
        for column in 0..<width {
          kept.append(maps.mean(values, neuron, row, column, square: reduction))
        }
      }
    }
    self.init(
      neuronCount: maps.neuronCount, height: height, width: width, reduction: reduction,
      values: kept)
  }

  /// Whether a neuron has but one value, so that there is no place to show.
  public var isSinglePosition: Bool { height * width <= 1 }

  /// The mean of some neurons' maps: rows × columns; zeros for none.
  public func mean(of neurons: [Int]) -> [Float] {
    var sums = Array(repeating: 0.0, count: height * width)
    let known = neurons.filter { (0..<neuronCount).contains($0) }
    for neuron in known {
      let start = neuron * sums.count
      for position in sums.indices { sums[position] += Double(values[start + position]) }
    }
    return sums.map { Float($0 / Double(max(1, known.count))) }
  }
}

extension FeatureMaps {
  /// Mean over a square of positions of the first image, as much of it as lies within the map.
  fileprivate func mean(
    _ values: Span<Float>, _ neuron: Int, _ row: Int, _ column: Int, square: Int
  ) -> Float {
    let stride = isChannelLast ? neuronCount : 1
    let start = isChannelLast ? neuron : neuron * positionCount
    guard square > 1 else { return values[start + (row * width + column) * stride] }
    var (sum, count) = (0.0, 0)
    for y in row * square..<min((row + 1) * square, height) {
      for x in column * square..<min((column + 1) * square, width) {
        sum += Double(values[start + (y * width + x) * stride])
        count += 1
      }
    }
    return Float(sum / Double(count))
  }
}
