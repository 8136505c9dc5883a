import Networks

extension FlowTracer {
  /// Operators that are not worth naming on an edge.
  static let hidden: Set<String> = [
    "Identity", "Dropout", "Cast", "CastLike", "QuantizeLinear", "DequantizeLinear", "Squeeze",
    "Unsqueeze",
  ]

  /// Operators without a rule here, known to mix what they read.
  static let mixing: Set<String> = [
    "MatMul", "Gemm", "Einsum", "GRU", "LSTM", "RNN", "TopK", "ArgMax", "ArgMin", "OneHot",
    "CumSum", "ScatterND", "ScatterElements", "GatherElements", "GatherND", "Compress", "NonZero",
    "DepthToSpace", "SpaceToDepth", "Attention", "MultiHeadAttention", "NonMaxSuppression",
    "RoiAlign", "GridSample", "Tile", "Loop", "If", "Scan", "EmbedLayerNormalization",
  ]

  /// What the outputs of a structural node hold.
  mutating func flow(through node: GraphNode) -> [TensorFlow] {
    let inputs = node.dataInputs.filter { !graph.tensors[$0].isFixed }
    let isAffine = inputs.count == 1 && ["Add", "Sub", "Mul", "Div"].contains(node.kind)
    var result: [TensorFlow]
    switch node.kind {
    case "Shape", "Size": return [TensorFlow()]
    case "Concat", "QLinearConcat": result = [concatenated(node)]
    case "Split": result = split(node)
    case "Reshape", "Flatten", "Squeeze", "Unsqueeze": result = [reshaped(node)]
    case "Transpose": result = [transposed(node)]
    case "Slice": result = [sliced(node)]
    case "Gather": result = [gathered(node)]
    case "Pad": result = [padded(node)]
    case "MaxPool", "AveragePool", "LpPool", "QLinearAveragePool": result = [pooled(node)]
    case "GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool", "QLinearGlobalAveragePool",
      "Resize", "Upsample", "InstanceNormalization", "LayerNormalization", "GroupNormalization",
      "MeanVarianceNormalization", "RMSNormalization", "LpNormalization":
      result = [withoutField(inputs)]
    case _ where node.kind.hasPrefix("Reduce"): result = [reduced(node)]
    case "Add", "Sub", "Mul", "Div", "Pow", "Mod", "PRelu", "Max", "Min", "Sum", "Mean", "Where",
      "QLinearAdd", "QLinearMul", "Equal", "Less", "Greater", "And", "Or", "Expand":
      result = [elementwise(node, inputs)]
    default:
      if GraphResolver.shapeKeeping.contains(node.kind), !Self.mixing.contains(node.kind) {
        result = [merged(inputs.prefix(1).compactMap { flows[$0] })]
      } else {
        result = [mixed(node, inputs + node.subgraphReads)]
      }
    }
    if !Self.hidden.contains(node.kind), !isAffine {
      result = result.map { extended($0, by: node.operatorName) }
    }
    while result.count < node.outputs.count { result.append(result[0]) }
    return result
  }

  private mutating func extended(_ flow: TensorFlow, by name: String) -> TensorFlow {
    var result = flow
    for place in result.sources.indices {
      result.sources[place].trail = trails.extend(result.sources[place].trail, name)
    }
    return result
  }

  private mutating func mixed(_ node: GraphNode, _ inputs: [Int]) -> TensorFlow {
    if !Self.mixing.contains(node.kind) {
      let origin = node.domain.isEmpty ? "" : " (\(printable(node.domain)))"
      note(
        "The operator \(node.operatorName)\(origin) is not known here: shapes and channels are"
          + " not followed through it.")
    }
    return merged(inputs.compactMap { flows[$0]?.blurred })
  }

  private mutating func withoutField(_ inputs: [Int]) -> TensorFlow {
    var flow = merged(inputs.prefix(1).compactMap { flows[$0] })
    flow.field = nil
    return flow
  }

  private mutating func pooled(_ node: GraphNode) -> TensorFlow {
    guard let input = node.input(0), var flow = flows[input] else { return TensorFlow() }
    let spatial = graph.tensors[input].shape.map { Array($0.dropFirst(2)) } ?? []
    guard flow.spatialAxes == [2, 3], let kernel = node.ints("kernel_shape"),
      node.int("channels_last") != 1,
      let window = resolver.window(node, kernel: kernel, spatial: spatial)
    else {
      flow.field = nil
      return flow
    }
    flow.field = flow.field?.after(window)
    return flow
  }

  /// Operators that combine tensors element by element, stretching lengths of 1.
  private mutating func elementwise(_ node: GraphNode, _ inputs: [Int]) -> TensorFlow {
    let target = node.output(0).flatMap { graph.tensors[$0].shape }
    var parts: [TensorFlow] = []
    for input in inputs {
      guard let flow = flows[input] else { continue }
      parts.append(stretched(flow, from: graph.tensors[input].shape, to: target))
    }
    // What has positions says where things are; gates of one number a channel do not.
    let placed = parts.filter { !$0.spatialAxes.isEmpty }
    var result = merged(parts)
    if !placed.isEmpty, placed.count < parts.count {
      let field = merged(placed)
      result.field = field.field
      result.spatialAxes = field.spatialAxes
    }
    return result
  }

  private func stretched(
    _ flow: TensorFlow, from shape: [Dimension]?, to target: [Dimension]?
  ) -> TensorFlow {
    guard let shape, let target, shape.count <= target.count else { return flow }
    let shift = target.count - shape.count
    var result = flow
    result.channelAxes = flow.channelAxes.map { $0 + shift }
    result.spatialAxes = flow.spatialAxes.map { $0 + shift }
    if flow.spatialAxes.contains(where: {
      shape[$0] == .fixed(1) && target[$0 + shift] != .fixed(1)
    }) {
      result.spatialAxes = []
      result.field = nil
    }
    if flow.channelAxes.count == 1, let axis = flow.channelAxes.first, shape[axis] == .fixed(1),
      let count = target[axis + shift].length, count > 1
    {
      result.sources = flow.sources.map {
        $0.routed(RouteMath.stretched($0.routes, to: min(count, RouteMath.limit)))
      }
    }
    return result
  }

  private mutating func reduced(_ node: GraphNode) -> TensorFlow {
    guard let input = node.input(0), var flow = flows[input] else { return TensorFlow() }
    guard let rank = graph.tensors[input].shape?.count,
      let axes = resolver.reducedAxes(node, rank: rank),
      !flow.channelAxes.contains(where: axes.contains)
    else { return flow.blurred }
    flow.field = nil
    flow.spatialAxes = flow.spatialAxes.contains(where: axes.contains) ? [] : flow.spatialAxes
    guard node.int("keepdims") == 0 else { return flow }
    let shift = { (axis: Int) in axis - Set(axes).count(where: { $0 < axis }) }
    flow.channelAxes = flow.channelAxes.map(shift)
    flow.spatialAxes = flow.spatialAxes.map(shift)
    return flow
  }
}
