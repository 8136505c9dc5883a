import Networks

extension LayerFinder {
  static let activations: Set<String> = [
    "Relu", "LeakyRelu", "PRelu", "ThresholdedRelu", "Clip", "Sigmoid", "HardSigmoid", "Tanh",
    "Elu", "Selu", "Celu", "HardSwish", "Softplus", "Softsign", "Mish", "Gelu", "FastGelu",
    "QuickGelu", "Swish", "QLinearLeakyRelu", "QLinearSigmoid",
  ]

  /// Adds to `layer` the batch normalisation, arithmetic per channel and activation that follow it
  /// and that nothing else reads, through casts and quantisation.
  func absorbFollowers(of layer: inout FoundLayer, in resolver: GraphResolver) {
    for _ in 0..<64 {
      let tensor = resolver.graph.tensors[layer.output]
      if tensor.isOutput { return }
      let readers = tensor.consumers
      guard let first = readers.first else { return }
      let node = resolver.graph.nodes[first]
      if node.kind == "DequantizeLinear",
        readers.allSatisfy({ resolver.graph.nodes[$0].kind == "DequantizeLinear" })
      {
        dequantize(&layer, first, node)
      } else if readers.count == 1 {
        guard absorb(first, node, into: &layer, resolver) else { return }
      } else {
        guard layer.activation == nil,
          let gate = SelfGating(from: layer.output, in: resolver)
        else { return }
        layer.activation = gate.name
        layer.absorbed += gate.nodes
        layer.output = gate.output
      }
    }
  }

  private func dequantize(_ layer: inout FoundLayer, _ place: Int, _ node: GraphNode) {
    guard let output = node.output(0) else { return }
    layer.absorbed.append(place)
    layer.output = output
    layer.outputScale = nil
    layer.outputZeroPoint = nil
  }

  /// Takes one following node into the layer; false when it does not belong there.
  private func absorb(
    _ place: Int, _ node: GraphNode, into layer: inout FoundLayer, _ resolver: GraphResolver
  ) -> Bool {
    guard let output = node.output(0) else { return false }
    switch node.kind {
    case "Identity", "Dropout": break
    case "Cast":
      guard ElementType(onnxCode: node.int("to") ?? 0).isFloatingPoint else { return false }
    case "QuantizeLinear":
      let readers = resolver.graph.tensors[output].consumers
      guard !resolver.graph.tensors[output].isOutput, !readers.isEmpty,
        readers.allSatisfy({ resolver.graph.nodes[$0].kind == "DequantizeLinear" })
      else { return false }
      layer.quantization = layer.quantization ?? "QDQ"
      if layer.activation == nil, isClippedAtZero(node.input(2), output, resolver) {
        layer.activation = "Relu"
      }
    case "BatchNormalization":
      guard layer.activation == nil, let step = batchNormalization(node, layer, resolver) else {
        return false
      }
      layer.affineSteps.append(step)
    case "Add", "Sub", "Mul", "Div":
      guard layer.activation == nil else { return false }
      if let step = affineStep(node, layer, resolver) {
        layer.affineSteps.append(step)
      } else if !isRuntimeScale(node, layer, resolver) {
        return false
      }
    case let kind where Self.activations.contains(kind):
      guard layer.activation == nil, kind != "PRelu" || hasConstantSlope(node, resolver) else {
        return false
      }
      layer.activation = kind.hasPrefix("QLinear") ? String(kind.dropFirst(7)) : kind
      if kind == "Clip" { layer.clipBounds = clipBounds(node, resolver) }
      requantize(&layer, node, resolver)
    default: return false
    }
    layer.absorbed.append(place)
    layer.output = output
    return true
  }

  /// Whether the zero point is the least number of the quantised type: quantisation then cuts off
  /// negative values, and exporters leave the rectifier out.
  func isClippedAtZero(_ zero: Int?, _ quantized: Int, _ resolver: GraphResolver) -> Bool {
    let value = resolver.smallFloats(zero, atMost: 1)?.first ?? 0
    switch resolver.graph.tensors[quantized].elementType {
    case .uint8, .uint16: return value == 0
    case .int8: return value == -128
    default: return false
    }
  }

  /// Both ends of a `Clip`: attributes before opset 11, inputs since; nil where one is missing,
  /// not a constant or not finite, or the ends are in the wrong order.
  private func clipBounds(
    _ node: GraphNode, _ resolver: GraphResolver
  ) -> ClosedRange<Float>? {
    let low = node.float("min") ?? resolver.smallFloats(node.input(1), atMost: 1)?.first
    let high = node.float("max") ?? resolver.smallFloats(node.input(2), atMost: 1)?.first
    guard let low, let high, low.isFinite, high.isFinite, low < high else { return nil }
    return low...high
  }

  private func hasConstantSlope(_ node: GraphNode, _ resolver: GraphResolver) -> Bool {
    node.input(1).map { resolver.graph.tensors[$0].isFixed } ?? false
  }

  /// A quantised activation brings its own scale.
  private func requantize(
    _ layer: inout FoundLayer, _ node: GraphNode, _ resolver: GraphResolver
  ) {
    guard node.kind.hasPrefix("QLinear") else { return }
    layer.outputScale = resolver.smallFloats(node.input(3))?.first
    layer.outputZeroPoint = resolver.smallFloats(node.input(4))?.first.map { Int($0) } ?? 0
  }

  private func batchNormalization(
    _ node: GraphNode, _ layer: FoundLayer, _ resolver: GraphResolver
  ) -> AffineStep? {
    let parts = (1...4).compactMap { node.input($0) }
      .compactMap { resolver.graph.tensors[$0].constant }
    guard parts.count == 4, parts.allSatisfy({ $0.count == layer.neuronCount }) else { return nil }
    return .batchNormalization(
      scale: parts[0], bias: parts[1], mean: parts[2], variance: parts[3],
      epsilon: node.float("epsilon") ?? 1e-5)
  }

  /// Arithmetic with one constant a channel, or one for all.
  private func affineStep(
    _ node: GraphNode, _ layer: FoundLayer, _ resolver: GraphResolver
  ) -> AffineStep? {
    guard node.inputs.count == 2, let left = node.input(0), let right = node.input(1) else {
      return nil
    }
    let isSwapped = right == layer.output
    guard isSwapped || left == layer.output else { return nil }
    let other = resolver.graph.tensors[isSwapped ? left : right]
    guard let constant = other.constant, isPerChannel(constant, layer, resolver) else { return nil }
    switch node.kind {
    case "Add": return .add(constant)
    case "Mul": return .multiply(constant)
    case "Sub": return isSwapped ? nil : .subtract(constant)
    default: return isSwapped ? nil : .divide(constant)
    }
  }

  private func isPerChannel(
    _ constant: ConstantSource, _ layer: FoundLayer, _ resolver: GraphResolver
  ) -> Bool {
    if constant.count == 1 { return true }
    guard constant.count == layer.neuronCount else { return false }
    let rank =
      resolver.graph.tensors[layer.output].shape?.count
      ?? (layer.kind == .dense ? 2 : layer.weight.dimensions.count)
    let axis = layer.kind == .dense ? rank - 1 : 1
    let place = axis - (rank - constant.dimensions.count)
    return constant.dimensions.indices.contains(place)
      && constant.dimensions[place] == layer.neuronCount
  }

  /// The product of scales that a dynamically quantised layer is multiplied with.
  private func isRuntimeScale(
    _ node: GraphNode, _ layer: FoundLayer, _ resolver: GraphResolver
  ) -> Bool {
    guard node.kind == "Mul", resolver.graph.nodes[layer.node].kind.hasSuffix("Integer") else {
      return false
    }
    let others = node.inputs.compactMap(\.self).filter { $0 != layer.output }
    return others.count == 1 && resolver.graph.tensors[others[0]].value == nil
  }
}
