import Networks

/// Works out what the file leaves unsaid: constants, shapes, and what no output needs.
struct GraphResolver {
  var graph: OperatorGraph
  let store: WeightStore

  /// The graph with shapes and constants, live nodes marked.
  static func resolve(_ graph: OperatorGraph, _ store: WeightStore) -> OperatorGraph {
    var resolver = GraphResolver(graph: graph, store: store)
    for index in graph.tensors.indices { resolver.readShapeValue(index) }
    for index in graph.nodes.indices { resolver.resolveNode(index) }
    resolver.markLive()
    return resolver.graph
  }

  private mutating func resolveNode(_ index: Int) {
    let node = graph.nodes[index]
    guard let first = node.output(0) else { return }
    if let constant = foldConstant(node) {
      graph.tensors[first].constant = constant
      graph.tensors[first].shape = constant.dimensions.map(Dimension.fixed)
      if graph.tensors[first].typeCode == nil {
        graph.tensors[first].typeCode = constant.tensor?.typeCode
      }
      readShapeValue(first)
    }
    if graph.tensors[first].value == nil { graph.tensors[first].value = foldValue(node) }
    for (place, shape) in inferredShapes(node).enumerated() {
      guard let output = node.output(place) else { continue }
      merge(shape, into: output)
    }
    inferType(node, first)
  }

  /// Inferred lengths win; what they leave open is filled by what the file says.
  private mutating func merge(_ inferred: [Dimension]?, into tensor: Int) {
    guard let inferred = inferred?.map(Self.sane) else { return }
    guard let said = graph.tensors[tensor].shape, said.count == inferred.count else {
      graph.tensors[tensor].shape = inferred
      return
    }
    graph.tensors[tensor].shape = zip(inferred, said).map { inferred, said in
      if case .fixed = inferred { return inferred }
      if case .fixed = said { return said }
      return inferred == .unknown ? said : inferred
    }
  }

  /// Lengths beyond any tensor's become unknown, so that arithmetic on them cannot overflow.
  private static func sane(_ dimension: Dimension) -> Dimension {
    guard let length = dimension.length else { return dimension }
    return (0...GraphTensor.longestAxis).contains(length) ? dimension : .unknown
  }

  private mutating func inferType(_ node: GraphNode, _ output: Int) {
    guard graph.tensors[output].typeCode == nil else { return }
    switch node.kind {
    case "Cast": graph.tensors[output].typeCode = node.int("to")
    case "QuantizeLinear":
      graph.tensors[output].typeCode = node.input(2).flatMap { graph.tensors[$0].typeCode } ?? 2
    case "DequantizeLinear":
      graph.tensors[output].typeCode = node.input(1).flatMap { graph.tensors[$0].typeCode } ?? 1
    case "QLinearConv", "QLinearMatMul", "QGemm":
      let zero = node.input(node.kind == "QGemm" ? 8 : 7)
      graph.tensors[output].typeCode = zero.flatMap { graph.tensors[$0].typeCode }
    case "Shape", "Size": graph.tensors[output].typeCode = 7
    default: graph.tensors[output].typeCode = node.input(0).flatMap { graph.tensors[$0].typeCode }
    }
  }

  /// Takes over the numbers of a small stored integer tensor.
  private mutating func readShapeValue(_ index: Int) {
    guard case .stored(let tensor, let dimensions) = graph.tensors[index].constant,
      tensor.elementType == .int64 || tensor.elementType == .int32,
      let values = store.integers(of: tensor, limit: ShapeValue.limit)
    else { return }
    graph.tensors[index].value = ShapeValue(
      dimensions: dimensions, items: values.map(Dimension.fixed))
  }

  /// Marks the nodes that an output needs, and notes who reads what.
  private mutating func markLive() {
    var pending = graph.outputs
    var seen = Array(repeating: false, count: graph.tensors.count)
    while let tensor = pending.popLast() {
      guard !seen[tensor] else { continue }
      seen[tensor] = true
      guard !graph.tensors[tensor].isFixed, let place = graph.tensors[tensor].producer else {
        continue
      }
      guard !graph.nodes[place].isLive else { continue }
      graph.nodes[place].isLive = true
      pending += graph.nodes[place].dataInputs + graph.nodes[place].subgraphReads
    }
    for (place, node) in graph.nodes.enumerated() where node.isLive {
      for tensor in node.dataInputs + node.subgraphReads {
        graph.tensors[tensor].consumers.append(place)
      }
    }
  }
}

extension GraphNode {
  /// The inputs that hold data; those that say a shape, places or scales are left out.
  var dataInputs: [Int] {
    let places: [Int]
    switch kind {
    case "Reshape", "Expand", "Slice", "Pad", "Squeeze", "Unsqueeze", "Split", "Tile", "Resize",
      "Upsample", "Clip", "Dropout", "TopK", "OneHot", "QuantizeLinear", "DequantizeLinear",
      "BatchNormalization", "InstanceNormalization", "LayerNormalization", "GroupNormalization",
      "QLinearAveragePool", "QLinearGlobalAveragePool", "QLinearLeakyRelu", "QLinearSigmoid",
      "QLinearSoftmax", "Identity", "Cast":
      places = [0]
    case _ where kind.hasPrefix("Reduce"): places = [0]
    case "Conv", "ConvTranspose", "FusedConv", "ConvInteger", "MatMulInteger": places = [0, 1]
    case "QLinearConv", "QLinearMatMul", "QGemm", "QLinearAdd", "QLinearMul": places = [0, 3]
    case "QLinearConcat": places = Array(stride(from: 2, to: inputs.count, by: 3))
    default: return inputs.compactMap(\.self)
    }
    return places.compactMap { input($0) }
  }
}
