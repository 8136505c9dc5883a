import Networks

/// What follows a layer directly, folded into one factor and one addend a neuron.
struct AffineFold {
  var factors: [Float]
  var addends: [Float]

  init(_ layer: FoundLayer, _ store: WeightStore) throws(NumbersUnavailable) {
    let count = layer.neuronCount
    factors = Array(repeating: layer.alpha, count: count)
    addends = Array(repeating: 0, count: count)
    if let bias = layer.bias, bias.count == 1 || bias.count == count {
      addends = try Self.values(bias, count, store).map { $0 * layer.beta }
    }
    for step in layer.affineSteps { try apply(step, store) }
  }

  private mutating func apply(
    _ step: AffineStep, _ store: WeightStore
  ) throws(NumbersUnavailable) {
    let count = factors.count
    switch step {
    case .batchNormalization(let scale, let bias, let mean, let variance, let epsilon):
      let (gamma, beta) = (
        try Self.values(scale, count, store), try Self.values(bias, count, store)
      )
      let (center, spread) = (
        try Self.values(mean, count, store), try Self.values(variance, count, store)
      )
      for i in 0..<count {
        let factor = gamma[i] / (spread[i] + epsilon).squareRoot()
        factors[i] *= factor
        addends[i] = (addends[i] - center[i]) * factor + beta[i]
      }
    case .add(let source):
      let values = try Self.values(source, count, store)
      for i in 0..<count { addends[i] += values[i] }
    case .subtract(let source):
      let values = try Self.values(source, count, store)
      for i in 0..<count { addends[i] -= values[i] }
    case .multiply(let source): scale(by: try Self.values(source, count, store))
    case .divide(let source): scale(by: try Self.values(source, count, store).map { 1 / $0 })
    }
  }

  private mutating func scale(by values: [Float]) {
    for i in factors.indices {
      factors[i] *= values[i]
      addends[i] *= values[i]
    }
  }

  /// One number a neuron, from as many or from one for all.
  private static func values(
    _ source: ConstantSource, _ count: Int, _ store: WeightStore
  ) throws(NumbersUnavailable) -> [Float] {
    let values = try store.floats(of: source)
    if values.count == count { return values }
    guard values.count == 1 else {
      throw NumbersUnavailable(reason: "\(values.count) numbers stand where \(count) should")
    }
    return Array(repeating: values[0], count: count)
  }
}
