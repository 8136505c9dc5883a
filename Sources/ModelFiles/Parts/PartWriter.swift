import Networks
import Tensors

/// Writes parts of a network as models: operators and weights are copied as they stand in the
/// file, nothing is decoded anew.
///
/// Format: onnx.proto; `ModelProto.graph` is field 7, `GraphProto.node` 1, `name` 2,
/// `initializer` 5, `input` 11, `output` 12.
struct PartWriter {
  let model: ONNXModel
  let graph: OperatorGraph
  let assignment: PartAssignment
  private let storedRanges: [String: Range<Int>]

  /// Longest message of protocol buffers.
  private static let longest = 1 << 31 - 1

  init(model: ONNXModel, graph: OperatorGraph, assignment: PartAssignment) {
    self.model = model
    self.graph = graph
    self.assignment = assignment
    storedRanges = Dictionary(
      model.graph.initializers.map { ($0.name, $0.range) }, uniquingKeysWith: { first, _ in first })
  }

  /// Part `index` of the network whose file is `bytes`.
  ///
  /// - Parameter layer: Named when the part cannot be made.
  func part(
    _ index: Int, _ bytes: Span<UInt8>, layer: String
  ) throws(ModelFileError) -> NetworkPart {
    let contents = assignment.contents(of: index)
    var stored: [Range<Int>] = []
    for tensor in contents.stored {
      guard let range = storedRanges[graph.tensors[tensor].name] else {
        let name = printable(graph.tensors[tensor].name)
        throw .cannotCut(layer: layer, reason: "the file does not hold the tensor “\(name)” whole")
      }
      stored.append(range)
    }
    let ports =
      contents.inputs.flatMap { WireBytes.field(11, valueInfo($0)) }
      + contents.outputs.flatMap { WireBytes.field(12, WireBytes.field(1, graph.tensors[$0].name)) }
    let copies =
      contents.nodes.map { (UInt64(1), graph.nodes[$0].range) }
      + stored.map { (UInt64(5), $0) }
    var graphCount = ports.count + WireBytes.field(2, "part").count
    for (number, range) in copies {
      graphCount += WireBytes.head(number, range.count).count + range.count
    }
    guard graphCount < Self.longest else {
      throw .cannotCut(layer: layer, reason: "what follows it is larger than 2 GiB")
    }
    var result = try modelFields(bytes)
    result.reserveCapacity(result.count + graphCount + 16)
    result += WireBytes.head(7, graphCount)
    result += WireBytes.field(2, "part")
    for (number, range) in copies {
      result += WireBytes.head(number, range.count)
      result.append(bytes, range)
    }
    result += ports
    return NetworkPart(
      bytes: result, inputs: contents.inputs.map { graph.tensors[$0].name },
      outputs: contents.outputs.map { graph.tensors[$0].name })
  }

  /// Everything of the model but its graph, and a format version in which weights need not be
  /// inputs, too.
  private func modelFields(_ bytes: Span<UInt8>) throws(ModelFileError) -> [UInt8] {
    var result = WireBytes.field(1, max(4, model.irVersion))
    var reader = WireReader(0..<bytes.count)
    var start = 0
    while let field = try reader.next(bytes) {
      if field.number != 1, field.number != 7 { result.append(bytes, start..<reader.position) }
      start = reader.position
    }
    return result
  }

  /// A `ValueInfoProto` with what is known of the tensor.
  private func valueInfo(_ tensor: Int) -> [UInt8] {
    let facts = graph.tensors[tensor]
    var type = WireBytes.field(1, facts.typeCode ?? 1)
    if let shape = facts.shape {
      let dimensions = shape.flatMap { dimension in
        switch dimension {
        case .fixed(let length): WireBytes.field(1, WireBytes.field(1, length))
        case .symbolic(let name): WireBytes.field(1, WireBytes.field(2, name))
        case .unknown: WireBytes.field(1, [UInt8]())
        }
      }
      type += WireBytes.field(2, dimensions)
    }
    return WireBytes.field(1, facts.name) + WireBytes.field(2, WireBytes.field(1, type))
  }
}
