/// Compares the neurons of one layer with each other.
public struct NeuronComparison: Sendable {
  /// Pairs below this |cosine| are not kept.
  public var floor = NeuronSimilarity.floor

  /// The defaults.
  public init() {}

  /// The pairs that respond alike over the images of `sample`.
  ///
  /// Neurons that never vary, or were not finite in some image of the sample, have no partner.
  ///
  /// - Complexity: O(neurons² · images), eight products at a time.
  public func similarity(
    in sample: ActivationSample, isCancelled: () -> Bool = { false }
  ) -> NeuronSimilarity {
    let means = UnitRows(sample) { sample.means(at: $0) }
    let centers = UnitRows(sample) { sample.centers(at: $0) }
    var pairs: [NeuronPair] = []
    for first in 0..<sample.neuronCount where means.varies[first] {
      if isCancelled() { break }
      for second in first + 1..<max(first + 1, sample.neuronCount) where means.varies[second] {
        let cosine = means.product(first, second)
        guard cosine.magnitude >= floor else { continue }
        let isComparable = centers.varies[first] && centers.varies[second]
        pairs.append(
          NeuronPair(
            first: first, second: second, cosine: cosine,
            mapCosine: isComparable ? centers.product(first, second) : 0))
      }
    }
    return NeuronSimilarity(
      imageCount: sample.images.count, pairs: strongest(pairs, neuronCount: sample.neuronCount))
  }

  /// The pairs that are among the strongest of one of their neurons, in the given order.
  private func strongest(_ pairs: [NeuronPair], neuronCount: Int) -> [NeuronPair] {
    guard pairs.count > NeuronSimilarity.partnerLimit else { return pairs }
    var taken = [Int](repeating: 0, count: neuronCount)
    var isKept = [Bool](repeating: false, count: pairs.count)
    let order = pairs.indices.sorted {
      (-pairs[$0].cosine.magnitude, $0) < (-pairs[$1].cosine.magnitude, $1)
    }
    for index in order {
      let pair = pairs[index]
      let limit = NeuronSimilarity.partnerLimit
      isKept[index] = taken[pair.first] < limit || taken[pair.second] < limit
      if isKept[index] {
        taken[pair.first] += 1
        taken[pair.second] += 1
      }
    }
    return pairs.indices.filter { isKept[$0] }.map { pairs[$0] }
  }
}

/// One row a neuron: its values over the images, mean taken away, brought to length 1.
private struct UnitRows {
  /// Neurons × padded images, row-major; the padding is zero.
  private var values: [Float]
  /// Whether a neuron has a direction at all.
  private(set) var varies: [Bool]
  private let stride: Int

  /// - Parameter row: The neurons' values in one image.
  init(_ sample: ActivationSample, row: (Int) -> ArraySlice<Float>) {
    let (neurons, images) = (sample.neuronCount, sample.images.count)
    stride = (images + 7) / 8 * 8
    values = Array(repeating: 0, count: neurons * stride)
    varies = Array(repeating: false, count: neurons)
    for image in 0..<images {
      for (neuron, value) in row(image).enumerated() { values[neuron * stride + image] = value }
    }
    for neuron in 0..<neurons { varies[neuron] = normalize(neuron, images) }
  }

  /// Spread relative to size below which differences are rounding errors.
  private static let smallestSpread = 1e-10

  private mutating func normalize(_ neuron: Int, _ images: Int) -> Bool {
    let range = neuron * stride..<neuron * stride + images
    var (sum, square, spread) = (0.0, 0.0, 0.0)
    for index in range {
      sum += Double(values[index])
      square += Double(values[index]) * Double(values[index])
    }
    let mean = sum / Double(max(1, images))
    for index in range { spread += (Double(values[index]) - mean) * (Double(values[index]) - mean) }
    guard spread.isFinite, spread > Self.smallestSpread * square, spread > 0 else { return false }
    let scale = 1 / spread.squareRoot()
    for index in range { values[index] = Float((Double(values[index]) - mean) * scale) }
    return true
  }

  /// Cosine of two neurons.
  func product(_ first: Int, _ second: Int) -> Float {
    let a = values.span.extracting(first * stride..<(first + 1) * stride)
    let b = values.span.extracting(second * stride..<(second + 1) * stride)
    var (even, odd) = (SIMD8<Float>(), SIMD8<Float>())
    var index = 0
    while index + 16 <= a.count {
      even += a.vector(at: index) * b.vector(at: index)
      odd += a.vector(at: index + 8) * b.vector(at: index + 8)
      index += 16
    }
    if index < a.count { even += a.vector(at: index) * b.vector(at: index) }
    return max(-1, min((even + odd).sum(), 1))
  }
}
