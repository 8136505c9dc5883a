import Networks

extension GraphResolver {
  /// The constant that `node` makes from constants, when that needs no arithmetic on them.
  func foldConstant(_ node: GraphNode) -> ConstantSource? {
    switch node.kind {
    case "Constant": return constantNode(node)
    case "ConstantOfShape": return filledConstant(node)
    default: break
    }
    guard let first = node.input(0), let source = graph.tensors[first].constant,
      source.depth < 16
    else { return nil }
    switch node.kind {
    case "Identity", "Dropout": return source
    case "Cast":
      let target = ElementType(onnxCode: node.int("to") ?? 0)
      let origin = graph.tensors[first].elementType
      return target.isFloatingPoint && origin?.isFloatingPoint == true ? source : nil
    case "Reshape", "Squeeze", "Unsqueeze", "Flatten":
      guard let lengths = inferredShapes(node).first?.flatMap({ TensorShape($0).lengths }),
        lengths.checkedProduct == source.count,
        lengths.allSatisfy({ $0 <= GraphTensor.longestAxis })
      else { return nil }
      return .reshaped(source, dimensions: lengths)
    case "Transpose":
      let permutation = node.ints("perm") ?? Array(source.dimensions.indices.reversed())
      guard permutation.sorted().elementsEqual(source.dimensions.indices) else { return nil }
      return .transposed(source, permutation: permutation)
    case "DequantizeLinear":
      guard let scale = node.input(1).flatMap({ graph.tensors[$0].constant }),
        (node.int("block_size") ?? 0) == 0
      else { return nil }
      let zero = node.input(2).flatMap { graph.tensors[$0].constant }
      return .dequantized(source, scale: scale, zeroPoint: zero, axis: node.int("axis") ?? 1)
    default: return nil
    }
  }

  private func constantNode(_ node: GraphNode) -> ConstantSource? {
    if var tensor = node.attribute("value")?.tensor, tensor.isSane {
      tensor.name = node.output(0).map { graph.tensors[$0].name } ?? ""
      return .stored(tensor, dimensions: tensor.dimensions)
    }
    if let value = node.float("value_float") { return .literal(dimensions: [], values: [value]) }
    if let found = node.attribute("value_floats") {
      return .literal(dimensions: [found.floats.count], values: found.floats)
    }
    return nil
  }

  /// A float tensor of one value; integer ones are shape values.
  private func filledConstant(_ node: GraphNode) -> ConstantSource? {
    guard let shape = node.input(0).flatMap({ graph.tensors[$0].value?.integers }),
      shape.count <= ONNXLimits.rank, shape.checkedProduct != nil,
      shape.allSatisfy({ $0 <= GraphTensor.longestAxis })
    else { return nil }
    guard let tensor = node.attribute("value")?.tensor else {
      return .filled(dimensions: shape, value: 0)
    }
    guard tensor.elementType.isFloatingPoint, tensor.count == 1,
      let value = try? store.floats(of: .stored(tensor, dimensions: [1])).first
    else { return nil }
    return .filled(dimensions: shape, value: value)
  }

  /// The numbers of a small constant.
  func smallFloats(_ tensor: Int?, atMost limit: Int = 64) -> [Float]? {
    guard let tensor, let constant = graph.tensors[tensor].constant, constant.count <= limit else {
      return nil
    }
    return try? store.floats(of: constant)
  }
}
