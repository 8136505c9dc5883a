import Networks

extension BindingRecipe {
  /// The numbers as `type` stores them, little-endian, in the order of the graph's tensor.
  ///
  /// - Complexity: O(*numbers*) time and memory.
  func bytes(
    from checkpoint: Checkpoint, as type: ElementType
  ) throws(CheckpointError) -> [UInt8] {
    if case .copy(let tensor) = self, tensor.elementType == type {
      return try checkpoint.bytes(of: tensor)
    }
    return Self.encoded(try floats(from: checkpoint), as: type)
  }

  /// The numbers themselves.
  func floats(from checkpoint: Checkpoint) throws(CheckpointError) -> [Float] {
    switch self {
    case .copy(let tensor): return try checkpoint.floats(of: tensor)
    case .swapped(let tensor):
      return transpose(try checkpoint.floats(of: tensor), tensor.shape, [1, 0])
    case .scaled(let tensor, let isSwapped, let normalization):
      var values = try checkpoint.floats(of: tensor)
      let factors = try normalization.factors(checkpoint)
      let row = values.count / max(1, factors.count)
      for (neuron, factor) in factors.enumerated() {
        for i in neuron * row..<(neuron + 1) * row { values[i] *= factor }
      }
      return isSwapped ? transpose(values, tensor.shape, [1, 0]) : values
    case .shifted(let bias, let normalization):
      let factors = try normalization.factors(checkpoint)
      let mean = try checkpoint.floats(of: normalization.mean)
      let shift = try normalization.shift.map { (tensor) throws(CheckpointError) in
        try checkpoint.floats(of: tensor)
      }
      let own = try bias.map { (tensor) throws(CheckpointError) in try checkpoint.floats(of: tensor)
      }
      return factors.indices.map { neuron in
        ((own?[neuron] ?? 0) - mean[neuron]) * factors[neuron] + (shift?[neuron] ?? 0)
      }
    }
  }

  private static func encoded(_ values: [Float], as type: ElementType) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(values.count * (type.byteCount ?? 4))
    func append(_ bits: UInt64, _ size: Int) {
      for place in 0..<size { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(8 * place))) }
    }
    for value in values {
      switch type {
      case .float64: append(Double(value).bitPattern, 8)
      case .float16: append(UInt64(Float16(value).bitPattern), 2)
      case .bfloat16: append(UInt64(value.nearestBrainBits), 2)
      default: append(UInt64(value.bitPattern), 4)
      }
    }
    return bytes
  }
}

extension NormalizationTensors {
  /// `scale / √(variance + ε)` of each neuron.
  func factors(_ checkpoint: Checkpoint) throws(CheckpointError) -> [Float] {
    let scale = try scale.map { (tensor) throws(CheckpointError) in
      try checkpoint.floats(of: tensor)
    }
    return try checkpoint.floats(of: variance).enumerated().map { neuron, variance in
      (scale?[neuron] ?? 1) / (variance + epsilon).squareRoot()
    }
  }
}

extension Float {
  /// The upper half, rounded to nearest, ties to even.
  fileprivate var nearestBrainBits: UInt16 {
    guard isFinite else { return UInt16(bitPattern >> 16) | (isNaN ? 0x40 : 0) }
    let rounded = UInt64(bitPattern) + 0x7FFF + UInt64((bitPattern >> 16) & 1)
    return UInt16(truncatingIfNeeded: rounded >> 16)
  }
}
