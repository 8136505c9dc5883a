import Networks

/// Finds the convolutions and dense layers of a graph and what belongs to each.
struct LayerFinder {
  let resolver: GraphResolver
  var graph: OperatorGraph { resolver.graph }
  private(set) var layers: [FoundLayer] = []
  /// Layer of each node that belongs to one.
  private(set) var layerOfNode: [Int?]
  private(set) var notes: [String] = []
  /// Most neurons or inputs that a layer may have.
  private static let largestLayer = 1 << 24

  init(_ resolver: GraphResolver) {
    self.resolver = resolver
    layerOfNode = Array(repeating: nil, count: resolver.graph.nodes.count)
    for (place, node) in resolver.graph.nodes.enumerated() where node.isLive {
      guard layerOfNode[place] == nil, var layer = match(node, at: place) else { continue }
      guard layer.neuronCount <= Self.largestLayer, layer.inputCount <= Self.largestLayer else {
        notes.append("A \(node.operatorName) is larger than any layer can be; it is left out.")
        continue
      }
      absorbFollowers(of: &layer, in: resolver)
      for absorbed in [place] + layer.absorbed { layerOfNode[absorbed] = layers.count }
      layers.append(layer)
    }
  }

  private mutating func match(_ node: GraphNode, at place: Int) -> FoundLayer? {
    guard let output = node.output(0) else { return nil }
    switch node.kind {
    case "Conv", "FusedConv", "ConvInteger": return convolution(node, place, output, weight: 1)
    case "QLinearConv": return convolution(node, place, output, weight: 3)
    case "ConvTranspose": return transposedConvolution(node, place, output)
    case "Gemm": return dense(node, place, output, weight: 1, bias: 2)
    case "QGemm": return dense(node, place, output, weight: 3, bias: 6)
    case "MatMul", "MatMulInteger": return dense(node, place, output, weight: 1, bias: nil)
    case "QLinearMatMul": return dense(node, place, output, weight: 3, bias: nil)
    default: return nil
    }
  }

  private func constant(_ node: GraphNode, _ index: Int?) -> ConstantSource? {
    index.flatMap { node.input($0) }.flatMap { graph.tensors[$0].constant }
  }

  private mutating func convolution(
    _ node: GraphNode, _ place: Int, _ output: Int, weight index: Int
  ) -> FoundLayer? {
    guard let weight = constant(node, index) else {
      notes.append("A \(node.operatorName) gets its weights at run time; it is no layer here.")
      return nil
    }
    let groups = node.int("group") ?? 1
    let lengths = weight.dimensions
    guard lengths.count > 2, groups > 0, lengths[0] > 0, lengths[1] > 0,
      lengths[1].multipliedReportingOverflow(by: groups).overflow == false,
      lengths[0].isMultiple(of: groups)
    else { return nil }
    let isDepthwise = groups > 1 && lengths[1] == 1
    var layer = FoundLayer(
      node: place, kind: isDepthwise ? .depthwiseConvolution : .convolution, weight: weight,
      weightOrder: .outputFirst, bias: node.kind == "ConvInteger" ? nil : constant(node, 2),
      groups: groups, output: output)
    if node.kind == "FusedConv" {
      layer.activation = node.string("activation").map { printable($0) }
    }
    describeQuantization(&layer, node, weight: index, bias: 8)
    return layer
  }

  private mutating func transposedConvolution(
    _ node: GraphNode, _ place: Int, _ output: Int
  ) -> FoundLayer? {
    let groups = node.int("group") ?? 1
    guard let weight = constant(node, 1), weight.dimensions.count > 2, groups > 0,
      weight.dimensions[0] > 0, weight.dimensions[1] > 0,
      weight.dimensions[1].multipliedReportingOverflow(by: groups).overflow == false,
      weight.dimensions[0].isMultiple(of: groups)
    else { return nil }
    var layer = FoundLayer(
      node: place, kind: .convolution, weight: weight, weightOrder: .transposedConvolution,
      bias: constant(node, 2), groups: groups, isTransposed: true, output: output)
    describeQuantization(&layer, node, weight: 1, bias: 2)
    return layer
  }

  private func dense(
    _ node: GraphNode, _ place: Int, _ output: Int, weight index: Int, bias: Int?
  ) -> FoundLayer? {
    if node.kind == "MatMul", let left = constant(node, 0), left.dimensions.count == 2,
      left.count > 0, let right = node.input(1), graph.tensors[right].shape?.count == 1
    {
      return FoundLayer(
        node: place, kind: .dense, weight: left, weightOrder: .outputFirst, output: output)
    }
    guard let weight = constant(node, index), (1...2).contains(weight.dimensions.count),
      weight.count > 0, constant(node, 0) == nil, node.int("transA") ?? 0 == 0
    else { return nil }
    let isFlipped = node.int("transB") == 1 && weight.dimensions.count == 2
    var layer = FoundLayer(
      node: place, kind: .dense, weight: weight,
      weightOrder: isFlipped ? .outputFirst : .inputFirst, bias: constant(node, bias),
      alpha: node.float("alpha") ?? 1, beta: node.float("beta") ?? 1, output: output)
    describeQuantization(&layer, node, weight: index, bias: bias ?? -1)
    return layer
  }

  /// Notes how a quantised layer stores its numbers, so that they can be given as floats.
  private func describeQuantization(
    _ layer: inout FoundLayer, _ node: GraphNode, weight index: Int, bias biasIndex: Int
  ) {
    if layer.weight.isQuantized { layer.quantization = "QDQ" }
    guard node.kind.hasPrefix("Q") else {
      if node.kind.hasSuffix("Integer") { layer.quantization = "QOperator" }
      return
    }
    layer.quantization = "QOperator"
    guard let scale = constant(node, index + 1) else { return }
    // Scales of a convolution lie along its neurons, of a dense layer along its outputs.
    let axis = layer.weightOrder == .inputFirst ? 1 : 0
    layer.bias = quantizedBias(node, biasIndex, weightScale: scale)
    layer.weight = .dequantized(
      layer.weight, scale: scale, zeroPoint: constant(node, index + 2), axis: axis)
    let place = outputQuantization(node)
    if let output = node.output(0), isClippedAtZero(node.input(place + 1), output, resolver) {
      layer.activation = "Relu"
    }
    layer.outputScale = resolver.smallFloats(node.input(place))?.first
    layer.outputZeroPoint =
      layer.outputScale == nil
      ? nil : resolver.smallFloats(node.input(place + 1))?.first.map { Int($0) } ?? 0
    if layer.outputScale == nil { layer.outputZeroPoint = nil }
  }

  /// Where the scale of the result stands among the inputs.
  private func outputQuantization(_ node: GraphNode) -> Int { node.kind == "QGemm" ? 7 : 6 }

  /// An int32 bias, whose scale is that of the input times that of the weights.
  private func quantizedBias(
    _ node: GraphNode, _ index: Int, weightScale: ConstantSource
  ) -> ConstantSource? {
    guard let bias = constant(node, index), bias.dimensions.count == 1,
      let input = resolver.smallFloats(node.input(1), atMost: 1)?.first,
      let scales = try? resolver.store.floats(of: weightScale)
    else { return nil }
    let product = ConstantSource.literal(
      dimensions: [scales.count], values: scales.map { $0 * input })
    return .dequantized(bias, scale: product, zeroPoint: nil, axis: 0)
  }
}
