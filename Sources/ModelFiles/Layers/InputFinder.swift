import Networks

/// Tells how images enter a network and where its scores come out.
struct InputFinder {
  let graph: OperatorGraph

  /// Where channels and positions lie in each input of the graph.
  func flows() -> [TensorFlow] {
    graph.inputs.enumerated().map { index, tensor in
      let shape = graph.tensors[tensor].shape
      var flow = TensorFlow()
      switch shape?.count {
      case 4:
        let isLast = layout(of: tensor) == .nhwc
        flow.channelAxes = [isLast ? 3 : 1]
        flow.spatialAxes = isLast ? [1, 2] : [2, 3]
        flow.field = .pixel
      case 3: flow.channelAxes = [feedsConvolution(tensor) ? 1 : 2]
      case .some(let rank) where rank > 0: flow.channelAxes = [1 < rank ? 1 : 0]
      default: break
      }
      let count = flow.channelAxes.first.flatMap { shape?[$0].length }
      let routes = count.flatMap { count in
        (1...RouteMath.limit).contains(count)
          ? [ChannelRoute(sourceStart: 0, targetStart: 0, count: count)] : nil
      }
      flow.sources = [FlowSource(endpoint: .input(index), routes: routes, trail: 0)]
      return flow
    }
  }

  /// Channels first or last, by what reads the input, else by where 1 to 4 stand in the shape.
  func layout(of tensor: Int) -> ChannelLayout {
    for place in nearest(tensor) {
      let node = graph.nodes[place]
      if node.kind == "Transpose" {
        if node.ints("perm") == [0, 3, 1, 2] { return .nhwc }
        if node.ints("perm") == [0, 2, 3, 1] { return .nchw }
      }
      if Self.isConvolution(node) { return node.int("channels_last") == 1 ? .nhwc : .nchw }
    }
    guard let shape = graph.tensors[tensor].shape, shape.count == 4 else { return .nchw }
    let isSmall = { (axis: Int) in shape[axis].length.map { (1...4).contains($0) } ?? false }
    return isSmall(3) && !isSmall(1) ? .nhwc : .nchw
  }

  private func feedsConvolution(_ tensor: Int) -> Bool {
    nearest(tensor).contains { Self.isConvolution(graph.nodes[$0]) }
  }

  private static func isConvolution(_ node: GraphNode) -> Bool {
    ["Conv", "FusedConv", "QLinearConv", "ConvInteger", "ConvTranspose"].contains(node.kind)
  }

  /// Nodes that read the tensor, directly or after elementwise operators; nearest first.
  private func nearest(_ tensor: Int) -> [Int] {
    var result: [Int] = []
    var pending = [tensor]
    while !pending.isEmpty, result.count < 64 {
      let next = pending.removeFirst()
      for place in graph.tensors[next].consumers where !result.contains(place) {
        result.append(place)
        let node = graph.nodes[place]
        if Self.keepsAxes(node), let output = node.output(0) { pending.append(output) }
      }
    }
    return result
  }

  private static func keepsAxes(_ node: GraphNode) -> Bool {
    switch node.kind {
    case "Add", "Sub", "Mul", "Div", "Pad", "Resize", "Upsample", "MaxPool", "AveragePool",
      "Slice", "DynamicQuantizeLinear":
      true
    default: GraphResolver.shapeKeeping.contains(node.kind)
    }
  }

  /// Arithmetic with constants between the input and the first layer, in order.
  func preprocessing(of tensor: Int) -> [String] {
    var result: [String] = []
    var place = tensor
    while result.count < 16, graph.tensors[place].consumers.count == 1 {
      let node = graph.nodes[graph.tensors[place].consumers[0]]
      let others = node.dataInputs.filter { $0 != place }
      switch node.kind {
      case "Sub", "Div", "Mul", "Add", "BatchNormalization", "Clip", "Pow":
        guard others.allSatisfy({ graph.tensors[$0].isFixed }) else { return result }
        result.append(node.operatorName)
      case "Identity", "Cast", "Transpose", "QuantizeLinear", "DequantizeLinear", "Pad": break
      default: return result
      }
      guard let output = node.output(0) else { return result }
      place = output
    }
    return result
  }
}
