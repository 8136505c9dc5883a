import Tensors

/// Lets reductions read tensors in the blocked order in which the engine computes.
///
/// ONNX Runtime runs convolutions on channels in blocks (NCHWc) and inserts a `ReorderOutput`
/// wherever somebody wants plain order. A reduction does not care; so in the model that the engine
/// has optimised and saved, each reduction behind such a node is tied to what is in front of it, and
/// nodes that nobody reads any more go.
struct BlockedReductions {
  fileprivate struct Node {
    var whole: Range<Int>
    var inputs: [String] = []
    var outputs: [String] = []
    var operatorName = ""
    var domain = ""
    var hasSubgraph = false
  }

  private let bytes: [UInt8]
  private let blockSize: Int
  private let tensors: [String: ReducedTensor]

  /// - Parameters:
  ///   - model: A model in which every tensor of `tensors` has its reduction.
  ///   - blockSize: Channels in a block.
  init(model: [UInt8], tensors: [ReducedTensor], blockSize: Int) {
    bytes = model
    self.blockSize = blockSize
    self.tensors = Dictionary(tensors.map { ($0.outputName, $0) }) { first, _ in first }
  }

  /// The model with reductions in blocked order; nil when nothing can be gained, or the model is
  /// of a form that is better left alone.
  ///
  /// - Complexity: One copy of the model.
  func rewritten() -> [UInt8]? {
    guard let model = WireField.all(in: bytes.indices, of: bytes),
      model.count(where: { $0.number == 7 }) == 1,
      let graph = model.first(where: { $0.number == 7 }),
      let fields = WireField.all(in: graph.content, of: bytes),
      let content = rewritten(graph: fields)
    else { return nil }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 64 * tensors.count)
    for field in model where field != graph { result += bytes[field.whole] }
    return result + WireBytes.field(7, content)
  }

  /// - Parameter fields: Of the `GraphProto`: `node` 1, `output` 12.
  private func rewritten(graph fields: [WireField]) -> [UInt8]? {
    let nodes = fields.filter { $0.number == 1 }.map(node)
    guard !nodes.contains(where: { $0?.hasSubgraph ?? true }) else { return nil }
    let known = nodes.compactMap(\.self)
    var sources: [String: String] = [:]
    var useCounts: [String: Int] = [:]
    for node in known {
      if node.isReorder { sources[node.outputs[0]] = node.inputs[0] }
      for input in node.inputs { useCounts[input, default: 0] += 1 }
    }
    for field in fields where field.number == 12 {
      let name = WireField.all(in: field.content, of: bytes)?.first { $0.number == 1 }
      useCounts[name?.text(in: bytes) ?? "", default: 0] += 1
    }
    var isChanged = false
    for node in known where node.isReduction && sources[node.inputs[0]] != nil {
      useCounts[node.inputs[0], default: 0] -= 1
      isChanged = true
    }
    guard isChanged else { return nil }
    var places = known.makeIterator()
    return fields.reduce(into: [UInt8]()) { result, field in
      guard field.number == 1, let node = places.next() else {
        result += bytes[field.whole]
        return
      }
      if node.isReorder && useCounts[node.outputs[0], default: 0] == 0 { return }
      result += moved(node, sources) ?? Array(bytes[field.whole])
    }
  }

  /// The reduction's node reading blocks; nil for every other node.
  private func moved(_ node: Node, _ sources: [String: String]) -> [UInt8]? {
    guard node.isReduction, let source = sources[node.inputs[0]],
      let tensor = tensors[node.outputs[0]]
    else { return nil }
    return WireBytes.field(
      1, OutputExposure.node(reducing: tensor, from: source, blockSize: blockSize))
  }

  /// A `NodeProto`; its attributes hold graphs in fields 6 and 11.
  private func node(_ field: WireField) -> Node? {
    guard let parts = WireField.all(in: field.content, of: bytes) else { return nil }
    var node = Node(whole: field.whole)
    for part in parts {
      switch part.number {
      case 1: node.inputs.append(part.text(in: bytes))
      case 2: node.outputs.append(part.text(in: bytes))
      case 4: node.operatorName = part.text(in: bytes)
      case 5:
        guard let attribute = WireField.all(in: part.content, of: bytes) else { return nil }
        node.hasSubgraph =
          node.hasSubgraph || attribute.contains { $0.number == 6 || $0.number == 11 }
      case 7: node.domain = part.text(in: bytes)
      default: break
      }
    }
    return node
  }
}

extension BlockedReductions.Node {
  fileprivate var isReorder: Bool {
    operatorName == "ReorderOutput" && domain == "com.microsoft.nchwc" && inputs.count == 1
      && outputs.count == 1
  }

  fileprivate var isReduction: Bool {
    operatorName == ReductionOperator.name && domain == ReductionOperator.domain
      && inputs.count == 1 && outputs.count == 1
  }
}
