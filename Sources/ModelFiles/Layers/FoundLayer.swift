import Networks

/// A representative layer as it stands in the operator graph.
struct FoundLayer: Sendable {
  /// The convolution or dense node.
  var node: Int
  var kind: LayerKind
  var weight: ConstantSource
  var weightOrder: WeightOrder
  var bias: ConstantSource?
  /// Factors of `Gemm` on weights and bias.
  var alpha: Float = 1
  var beta: Float = 1
  var groups = 1
  var isTransposed = false
  /// What follows directly and is folded into the weights, in order.
  var affineSteps: [AffineStep] = []
  var activation: String?
  /// Nodes that belong to the layer besides `node`.
  var absorbed: [Int] = []
  /// The tensor that carries the activations.
  var output: Int
  var quantization: String?
  var outputScale: Float?
  var outputZeroPoint: Int?
  /// Of a `Clip`, where both ends are fixed.
  var clipBounds: ClosedRange<Float>?

  var hasBatchNormalization: Bool {
    affineSteps.contains { if case .batchNormalization = $0 { true } else { false } }
  }

  /// Neurons, input channels a group, then the kernel's size.
  var kernelShape: [Int] {
    let lengths = weight.dimensions
    switch weightOrder {
    case .outputFirst: return lengths
    case .inputFirst where lengths.count == 1: return [1, lengths[0]]
    case .inputFirst: return [lengths[1], lengths[0]]
    case .transposedConvolution:
      return [lengths[1] * groups, lengths[0] / max(1, groups)] + lengths.dropFirst(2)
    }
  }

  var neuronCount: Int { kernelShape[0] }
  var inputCount: Int { kernelShape[1] * groups }
}

/// How a weight tensor is laid out.
enum WeightOrder: Sendable {
  /// Neurons × inputs a group × kernel.
  case outputFirst
  /// Inputs × neurons.
  case inputFirst
  /// Inputs × neurons a group × kernel.
  case transposedConvolution
}

/// Arithmetic per channel that follows a layer directly.
enum AffineStep: Sendable {
  case batchNormalization(
    scale: ConstantSource, bias: ConstantSource, mean: ConstantSource, variance: ConstantSource,
    epsilon: Float)
  case add(ConstantSource)
  case subtract(ConstantSource)
  case multiply(ConstantSource)
  case divide(ConstantSource)

  var parameterCount: Int {
    switch self {
    case .batchNormalization(let scale, let bias, let mean, let variance, _):
      scale.count + bias.count + mean.count + variance.count
    case .add(let source), .subtract(let source), .multiply(let source), .divide(let source):
      source.count > 1 ? source.count : 0
    }
  }
}

extension FoundLayer {
  var parameterCount: Int {
    weight.count + (bias?.count ?? 0) + affineSteps.reduce(0) { $0 + $1.parameterCount }
  }
}
