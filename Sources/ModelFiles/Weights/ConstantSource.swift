import Networks

/// Numbers fixed in the model: a stored tensor, or one made from it without arithmetic that
/// depends on the input.
indirect enum ConstantSource: Sendable {
  case stored(ONNXTensor, dimensions: [Int])
  /// The same number everywhere.
  case filled(dimensions: [Int], value: Float)
  case literal(dimensions: [Int], values: [Float])
  case reshaped(ConstantSource, dimensions: [Int])
  /// Axis *i* of the result is axis `permutation[i]` of the source.
  case transposed(ConstantSource, permutation: [Int])
  /// `(stored − zeroPoint) · scale`, per tensor or along `axis`.
  case dequantized(
    ConstantSource, scale: ConstantSource, zeroPoint: ConstantSource?, axis: Int)

  var dimensions: [Int] {
    switch self {
    case .stored(_, let dimensions), .filled(let dimensions, _), .literal(let dimensions, _),
      .reshaped(_, let dimensions):
      dimensions
    case .transposed(let source, let permutation):
      permutation.map { source.dimensions[$0] }
    case .dequantized(let source, _, _, _): source.dimensions
    }
  }

  /// Number of elements; the dimensions were checked when the source was made.
  var count: Int { dimensions.checkedProduct ?? 0 }

  /// The stored tensor at the bottom, for its name and type.
  var tensor: ONNXTensor? {
    switch self {
    case .stored(let tensor, _): tensor
    case .filled, .literal: nil
    case .reshaped(let source, _), .transposed(let source, _), .dequantized(let source, _, _, _):
      source.tensor
    }
  }

  /// Steps from here to the stored tensor.
  var depth: Int {
    switch self {
    case .stored, .filled, .literal: 0
    case .reshaped(let source, _), .transposed(let source, _), .dequantized(let source, _, _, _):
      1 + source.depth
    }
  }

  /// Stored in another order than it is read in.
  var isTransposed: Bool {
    switch self {
    case .stored, .filled, .literal: false
    case .reshaped(let source, _), .dequantized(let source, _, _, _): source.isTransposed
    case .transposed: true
    }
  }

  var isQuantized: Bool {
    switch self {
    case .stored, .filled, .literal: false
    case .reshaped(let source, _), .transposed(let source, _): source.isQuantized
    case .dequantized: true
    }
  }
}
