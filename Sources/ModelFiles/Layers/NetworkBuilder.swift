import Networks
import Storage

/// Turns a resolved operator graph into the network of its representative layers.
struct NetworkBuilder {
  let model: ONNXModel
  let resolver: GraphResolver
  var graph: OperatorGraph { resolver.graph }

  /// The network, and where its layers stand in the graph.
  func build(name: String) -> (network: Network, found: [FoundLayer]) {
    let finder = LayerFinder(resolver)
    let tracer = FlowTracer(resolver, finder, inputs: InputFinder(graph: graph).flows())
    let names = LayerNames.names(finder.layers.map(candidate))
    let layers = finder.layers.indices.map { index in
      layer(index, finder.layers[index], names[index], tracer)
    }
    let blocks = BlockFinder(graph, finder.layers, layers).blocks()
    let network = Network(
      name: name, inputs: graph.inputs.map(port), outputs: graph.outputs.map(port),
      layers: layers, edges: tracer.edges,
      stages: StageFinder(layers: layers).stages(blocks), operatorCounts: operatorCounts(),
      parameterCount: parameterCount(finder.layers), format: facts(),
      notes: notes(finder, tracer))
    return (network, finder.layers)
  }

  private func candidate(_ layer: FoundLayer) -> LayerNames.Candidate {
    let node = graph.nodes[layer.node]
    let weight = node.inputs.indices.first { place in
      node.input(place).map { graph.tensors[$0].constant != nil } ?? false
    }
    let isQuantized = node.kind.hasPrefix("Q")
    let named = node.input(isQuantized ? 3 : weight ?? 1).map(origin) ?? ""
    return LayerNames.Candidate(
      nodeName: node.name, operatorName: node.operatorName, weightName: named, kind: layer.kind)
  }

  /// The name of the stored tensor that `tensor` was made from.
  private func origin(of tensor: Int) -> String {
    var place = tensor
    for _ in 0..<16 {
      guard let node = graph.producer(of: place), node.kind != "ConstantOfShape",
        let input = node.input(0)
      else { break }
      place = input
    }
    return graph.tensors[place].name
  }

  private func port(_ tensor: Int) -> NetworkPort {
    let found = graph.tensors[tensor]
    return NetworkPort(
      name: printable(found.name), elementType: found.elementType ?? .other,
      shape: found.shape.map(TensorShape.init))
  }

  private func layer(
    _ index: Int, _ found: FoundLayer, _ name: String, _ tracer: FlowTracer
  ) -> Layer {
    let node = graph.nodes[found.node]
    let shape = graph.tensors[found.output].shape
    let rank = shape?.count ?? (found.kind == .dense ? 2 : found.weight.dimensions.count)
    return Layer(
      id: LayerID(index), name: name, operatorName: node.operatorName, kind: found.kind,
      neuronCount: found.neuronCount, outputTensor: graph.tensors[found.output].name,
      outputShape: shape.map(TensorShape.init),
      channelAxis: found.kind == .dense ? max(0, rank - 1) : 1, activation: found.activation,
      hasBatchNormalization: found.hasBatchNormalization,
      kernel: found.kind == .dense ? nil : geometry(found, node, tracer),
      parameterCount: found.parameterCount, receptiveField: tracer.fields[index],
      quantization: found.quantization, outputScale: found.outputScale,
      outputZeroPoint: found.outputZeroPoint, clipBounds: found.clipBounds)
  }

  private func geometry(
    _ found: FoundLayer, _ node: GraphNode, _ tracer: FlowTracer
  ) -> KernelGeometry? {
    guard let window = tracer.window(of: found, node) else { return nil }
    let before = window.padsBefore.compactMap(\.self)
    let after = window.padsAfter.compactMap(\.self)
    guard before.count == window.size.count, after.count == before.count else { return nil }
    return KernelGeometry(
      size: window.size, strides: window.strides, dilations: window.dilations,
      padsBefore: before, padsAfter: after, groups: found.groups)
  }

  /// Live operators, the most frequent first.
  private func operatorCounts() -> [OperatorCount] {
    var counts: [String: Int] = [:]
    for node in graph.nodes where node.isLive { counts[node.operatorName, default: 0] += 1 }
    return counts.map { OperatorCount(name: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
  }

  /// Stored numbers of layers, and of other live operators that hold weights; each tensor once.
  private func parameterCount(_ layers: [FoundLayer]) -> Int {
    var taken = Set(layers.flatMap { [$0.node] + $0.absorbed })
    var total = layers.reduce(0) { $0 + $1.parameterCount }
    var seen: Set<Int> = []
    for (place, node) in graph.nodes.enumerated() where node.isLive {
      guard taken.insert(place).inserted else { continue }
      for input in node.inputs.compactMap(\.self) where seen.insert(input).inserted {
        guard let constant = graph.tensors[input].constant, constant.count > 1,
          graph.tensors[input].elementType?.isFloatingPoint ?? true
        else { continue }
        total += constant.count
      }
    }
    return total
  }

  private func facts() -> ModelFormatFacts {
    ModelFormatFacts(
      format: "ONNX", irVersion: model.irVersion,
      opsets: model.opsets.map { set in
        set.domain.isEmpty ? "\(set.version)" : "\(printable(set.domain)) \(set.version)"
      },
      producer: printable(
        model.producerVersion.isEmpty
          ? model.producer : "\(model.producer) \(model.producerVersion)"),
      fileByteCount: resolver.store.file.count + resolver.store.externalByteCount,
      externalData: resolver.store.hasExternalData)
  }

  private func notes(_ finder: LayerFinder, _ tracer: FlowTracer) -> [String] {
    var notes = graph.notes + finder.notes + tracer.notes
    if model.functionCount > 0 {
      notes.append(
        "The model defines \(model.functionCount) operators of its own, which are not looked into.")
    }
    let sparse = model.graph.sparseInitializerNames.count
    if sparse > 0 { notes.append("\(sparse) sparse weight tensors are not read.") }
    var seen: Set<String> = []
    return Array(notes.filter { seen.insert($0).inserted }.prefix(100))
  }
}
