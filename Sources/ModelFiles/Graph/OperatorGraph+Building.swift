import Networks

extension OperatorGraph {
  /// Links the operators of `model` by tensor.
  ///
  /// - Throws: ``ModelFileError/malformed(detail:offset:)`` when operators wait for one another.
  init(_ model: ONNXModel) throws(ModelFileError) {
    var builder = GraphBuilder()
    builder.graph.opset = model.opset
    for tensor in model.graph.initializers { builder.addInitializer(tensor) }
    for info in model.graph.inputs { builder.addInput(info) }
    for node in model.graph.nodes { builder.addNode(node) }
    for info in model.graph.valueInfos { builder.note(info) }
    for info in model.graph.outputs { builder.addOutput(info) }
    self = builder.graph
    notes += builder.notes
    try sortTopologically()
  }

  /// Reorders the nodes so that each comes after those it reads from; keeps the order of a file
  /// that is sorted already, as it should be.
  private mutating func sortTopologically() throws(ModelFileError) {
    var waiting = Array(repeating: 0, count: nodes.count)
    var readers: [[Int]] = Array(repeating: [], count: nodes.count)
    var isSorted = true
    for (index, node) in nodes.enumerated() {
      for tensor in node.inputs.compactMap(\.self) + node.subgraphReads {
        guard let producer = tensors[tensor].producer else { continue }
        if producer >= index { isSorted = false }
        waiting[index] += 1
        readers[producer].append(index)
      }
    }
    if isSorted { return }
    var order: [Int] = nodes.indices.filter { waiting[$0] == 0 }
    var next = 0
    while next < order.count {
      for reader in readers[order[next]] {
        waiting[reader] -= 1
        if waiting[reader] == 0 { order.append(reader) }
      }
      next += 1
    }
    guard order.count == nodes.count else {
      throw .malformed(detail: "some operators wait for their own result", offset: nil)
    }
    nodes = order.map { nodes[$0] }
    for (place, node) in nodes.enumerated() {
      for output in node.outputs.compactMap(\.self) { tensors[output].producer = place }
    }
  }
}

/// Gives every tensor name a number.
struct GraphBuilder {
  var graph = OperatorGraph()
  var notes: [String] = []
  private var numbers: [String: Int] = [:]
  private var inputs: Set<Int> = []

  private mutating func number(of name: String) -> Int {
    if let known = numbers[name] { return known }
    numbers[name] = graph.tensors.count
    graph.tensors.append(GraphTensor(name: name))
    return graph.tensors.count - 1
  }

  mutating func addInitializer(_ tensor: ONNXTensor) {
    guard !tensor.name.isEmpty, tensor.isSane else { return }
    let index = number(of: tensor.name)
    graph.tensors[index].hold(tensor)
  }

  mutating func addInput(_ info: ONNXValueInfo) {
    let index = number(of: info.name)
    guard graph.tensors[index].constant == nil else { return }
    graph.tensors[index].describe(info)
    if inputs.insert(index).inserted { graph.inputs.append(index) }
  }

  mutating func addOutput(_ info: ONNXValueInfo) {
    let index = number(of: info.name)
    if graph.tensors[index].shape == nil { graph.tensors[index].describe(info) }
    if !graph.tensors[index].isOutput { graph.outputs.append(index) }
    graph.tensors[index].isOutput = true
  }

  /// Keeps what the file says of a tensor in between.
  mutating func note(_ info: ONNXValueInfo) {
    guard let index = numbers[info.name], graph.tensors[index].constant == nil else { return }
    graph.tensors[index].describe(info)
  }

  mutating func addNode(_ node: ONNXNode) {
    let place = graph.nodes.count
    let inputs = node.inputs.map { $0.isEmpty ? nil : number(of: $0) }
    let outputs = node.outputs.map { $0.isEmpty ? nil : number(of: $0) }
    let reads = node.attributes.flatMap { $0.subgraphReads ?? [] }
    let captured = reads.compactMap { numbers[$0] }
    if node.attributes.contains(where: { $0.subgraphReads != nil }) {
      let count = node.attributes.reduce(0) { $0 + $1.subgraphNodeCount }
      notes.append(
        "The operator \(printable(node.operatorName)) holds \(count) operators in sub-graphs, "
          + "which are not looked into.")
    }
    graph.nodes.append(
      GraphNode(
        range: node.range, name: node.name, operatorName: printable(node.operatorName),
        domain: node.domain, inputs: inputs, outputs: outputs, attributes: node.attributes,
        subgraphReads: captured))
    for output in outputs.compactMap(\.self) where graph.tensors[output].producer == nil {
      graph.tensors[output].producer = place
    }
  }
}

extension GraphTensor {
  /// Makes it a stored tensor.
  mutating func hold(_ tensor: ONNXTensor) {
    constant = .stored(tensor, dimensions: tensor.dimensions)
    typeCode = tensor.typeCode
    shape = tensor.dimensions.map(Dimension.fixed)
  }

  mutating func describe(_ info: ONNXValueInfo) {
    kind = info.kind
    if info.typeCode != 0 { typeCode = info.typeCode }
    shape = info.shape?.map { dimension in
      dimension.length.map { $0 <= Self.longestAxis } ?? true ? dimension : .unknown
    }
  }
}

extension ONNXTensor {
  /// Its axes are of believable length.
  var isSane: Bool {
    count != nil && dimensions.allSatisfy { $0 <= GraphTensor.longestAxis }
  }
}
