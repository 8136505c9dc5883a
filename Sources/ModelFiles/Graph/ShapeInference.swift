import Networks

extension GraphResolver {
  /// Shapes of a node's outputs, in order; nil where they cannot be known.
  ///
  /// Operators: https://onnx.ai/onnx/operators/ and ONNX Runtime's contrib operators.
  func inferredShapes(_ node: GraphNode) -> [[Dimension]?] {
    if let value = node.output(0).flatMap({ graph.tensors[$0].value }), node.inputs.isEmpty {
      return [value.dimensions.map(Dimension.fixed)]
    }
    switch node.kind {
    case "Conv", "FusedConv", "ConvInteger": return [convolved(node, weight: 1)]
    case "QLinearConv": return [convolved(node, weight: 3)]
    case "ConvTranspose": return [transposeConvolved(node)]
    case "MaxPool", "AveragePool", "LpPool", "QLinearAveragePool":
      let shape = pooled(node)
      return [shape, shape]
    case "GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool", "QLinearGlobalAveragePool":
      return [globallyPooled(node)]
    case "Gemm": return [multiplied(node, 0, 1)]
    case "QGemm": return [multiplied(node, 0, 3)]
    case "MatMul", "MatMulInteger": return [matrixProduct(shape(node, 0), shape(node, 1))]
    case "QLinearMatMul": return [matrixProduct(shape(node, 0), shape(node, 3))]
    case "Add", "Sub", "Mul", "Div", "Pow", "Mod", "PRelu", "Max", "Min", "Sum", "Mean", "Equal",
      "Less", "Greater", "LessOrEqual", "GreaterOrEqual", "And", "Or", "Xor", "Where", "BitShift":
      return [broadcast(node.inputs.map { shape(of: $0) })]
    case "QLinearAdd", "QLinearMul": return [broadcast([shape(node, 0), shape(node, 3)])]
    case "DynamicQuantizeLinear": return [shape(node, 0), [], []]
    default:
      if Self.shapeKeeping.contains(node.kind) { return [shape(node, 0), shape(node, 0)] }
      return rearranged(node)
    }
  }

  func shape(_ node: GraphNode, _ index: Int) -> [Dimension]? { shape(of: node.input(index)) }

  func shape(of tensor: Int?) -> [Dimension]? {
    tensor.flatMap { graph.tensors[$0].shape }
  }

  /// Operators whose first output has the shape of their first input.
  static let shapeKeeping: Set<String> = [
    "Relu", "LeakyRelu", "ThresholdedRelu", "Elu", "Selu", "Celu", "Sigmoid", "HardSigmoid",
    "HardSwish", "Tanh", "Softplus", "Softsign", "Mish", "Gelu", "FastGelu", "QuickGelu", "Swish",
    "Clip", "Softmax", "LogSoftmax", "Hardmax", "LRN", "Dropout", "Identity", "Cast", "CastLike",
    "BatchNormalization", "InstanceNormalization", "LayerNormalization", "GroupNormalization",
    "RMSNormalization", "MeanVarianceNormalization", "LpNormalization", "QuantizeLinear",
    "DequantizeLinear", "QLinearSigmoid", "QLinearLeakyRelu", "QLinearSoftmax", "Abs", "Neg",
    "Exp", "Log", "Sqrt", "Reciprocal", "Erf", "Floor", "Ceil", "Round", "Sign", "Sin", "Cos",
    "Tan", "Asin", "Acos", "Atan", "Sinh", "Cosh", "Asinh", "Acosh", "Atanh", "Not", "IsNaN",
    "IsInf", "CumSum", "Shrink", "BiasGelu", "Trilu", "BitwiseNot", "ScatterND", "ScatterElements",
  ]

  private func multiplied(_ node: GraphNode, _ left: Int, _ right: Int) -> [Dimension]? {
    guard let a = shape(node, left), let b = shape(node, right), a.count == 2, b.count == 2 else {
      return nil
    }
    return [
      node.int("transA") == 1 ? a[1] : a[0],
      node.int("transB") == 1 ? b[0] : b[1],
    ]
  }

  private func matrixProduct(_ left: [Dimension]?, _ right: [Dimension]?) -> [Dimension]? {
    guard let left, let right, let last = right.last, !left.isEmpty else { return nil }
    if right.count == 1 { return Array(left.dropLast()) }
    if left.count == 1 { return Array(right.dropLast(2)) + [last] }
    guard let stack = broadcast([Array(left.dropLast(2)), Array(right.dropLast(2))]) else {
      return nil
    }
    return stack + [left[left.count - 2], last]
  }

  /// The shape all of `shapes` stretch to, as numpy does it.
  func broadcast(_ shapes: [[Dimension]?]) -> [Dimension]? {
    var result: [Dimension] = []
    for case let shape in shapes {
      guard let shape else { return nil }
      let rank = max(result.count, shape.count)
      let a = Array(repeating: Dimension.fixed(1), count: rank - result.count) + result
      let b = Array(repeating: Dimension.fixed(1), count: rank - shape.count) + shape
      result = zip(a, b).map(Self.broadcast)
    }
    return result
  }

  private static func broadcast(_ a: Dimension, _ b: Dimension) -> Dimension {
    if a == b { return a }
    if a == .fixed(1) { return b }
    if b == .fixed(1) { return a }
    switch (a, b) {
    case (.fixed, .fixed): return .unknown
    case (.fixed, _): return a
    case (_, .fixed): return b
    default: return .unknown
    }
  }
}
