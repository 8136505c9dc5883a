import Networks
import Storage

extension ModelFile {
  /// The network as parts that run one after the other, cut behind the outputs of `layers`.
  ///
  /// Whatever reads such an output, however indirectly, is in a later part; everything else is
  /// as early as it can be, so that it need not run again when the output is changed.
  ///
  /// - Precondition: `layers` are in order, each once, at least one.
  /// - Complexity: O(operators + bytes of weights): each weight is copied once.
  /// - Throws: ``ModelFileError/cannotCut(layer:reason:)`` where nothing follows a layer, or the
  ///   file leaves unsaid what a part needs.
  public func parts(cutAfter layers: [LayerID]) throws(ModelFileError) -> NetworkParts {
    precondition(!layers.isEmpty && zip(layers, layers.dropFirst()).allSatisfy(<))
    return try parts { _ in layers.map { (found[$0.index].output, network[$0].name) } }
  }

  /// The network as three parts, cut before and behind a layer whose output can stand in for its
  /// input: without the middle part the network lacks the layer.
  ///
  /// - Throws: ``ModelFileError/cannotCut(layer:reason:)`` where the two differ in shape or it is not
  ///   known, and as ``parts(cutAfter:)``.
  public func parts(around layer: LayerID) throws(ModelFileError) -> NetworkParts {
    let (name, output) = (network[layer].name, found[layer.index].output)
    let node = found[layer.index].node
    return try parts { (graph) throws(ModelFileError) in
      guard let input = graph.nodes[node].input(0),
        let before = graph.tensors[input].shape, let after = graph.tensors[output].shape,
        before.count == after.count, before.count > 1,
        zip(before, after).dropFirst().allSatisfy({ one, other in
          if case .fixed(let a) = one, case .fixed(let b) = other { a == b } else { false }
        })
      else { throw .cannotCut(layer: name, reason: "its input and output differ in shape") }
      return [(input, name), (output, name)]
    }
  }

  private func parts(
    _ seams: (OperatorGraph) throws(ModelFileError) -> [(tensor: Int, layer: String)]
  ) throws(ModelFileError) -> NetworkParts {
    let file = store.file
    let model = try file.withSpan { (bytes) throws(ModelFileError) in try ONNXModel(bytes) }
    let graph = GraphResolver.resolve(try OperatorGraph(model), store)
    let seams = try seams(graph)
    guard case .image(_, let output) = analysisInput else {
      throw .cannotCut(layer: seams[0].layer, reason: "it gives no score a class")
    }
    let scores = scoresTensor(graph, output)
    var assignment = try PartAssignment(graph, seams: seams, scores: scores)
    try assignment.assign()
    let writer = PartWriter(model: model, graph: graph, assignment: assignment)
    var parts: [NetworkPart] = []
    for index in 0...seams.count {
      parts.append(
        try file.withSpan { (bytes) throws(ModelFileError) in
          try writer.part(index, bytes, layer: seams[max(0, index - 1)].layer)
        })
    }
    let isEarlier = graph.tensors[scores].name != output.name
    return NetworkParts(
      parts: parts, seams: seams.map { graph.tensors[$0.tensor].name },
      scores: graph.tensors[scores].name,
      holdsProbabilities: output.isProbability && !isEarlier)
  }

  /// The numbers that a final softmax turns into shares, else the output itself.
  private func scoresTensor(_ graph: OperatorGraph, _ output: ClassifierOutput) -> Int {
    let last = graph.outputs[output.portIndex]
    var tensor = last
    for _ in 0..<16 {
      guard let node = graph.producer(of: tensor), let input = node.input(0) else { return last }
      switch node.kind {
      case "Softmax", "LogSoftmax": return input
      case "Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Dropout": tensor = input
      default: return last
      }
    }
    return last
  }
}
