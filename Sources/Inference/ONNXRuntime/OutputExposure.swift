import Tensors

/// Bytes that, appended to a model file, make inner tensors outputs of its graph.
///
/// Protocol buffers merge a repeated embedded message into the earlier one, so a second
/// `ModelProto { graph { output { name } … } }` behind the first adds outputs, without decoding
/// or rewriting the file (Protocol Buffers encoding guide, "Last One Wins" and "merge").
struct OutputExposure {
  /// Fields: `ModelProto.graph` 7, `GraphProto.output` 12, `ValueInfoProto.name` 1.
  static func bytes(exposing names: [String]) -> [UInt8] {
    guard !names.isEmpty else { return [] }
    return WireBytes.field(7, names.flatMap(output))
  }

  /// The same for tensors that are reduced: each gets a node that reads it, and the node's output
  /// becomes the graph's.
  ///
  /// Fields: `ModelProto.opset_import` 8, `OperatorSetIdProto.domain` 1 and `version` 2,
  /// `GraphProto.node` 1.
  static func bytes(reducing tensors: [ReducedTensor]) -> [UInt8] {
    let graph = tensors.flatMap { tensor in
      WireBytes.field(1, node(reducing: tensor, from: tensor.name, blockSize: 1))
        + output(tensor.outputName)
    }
    let domain = WireBytes.field(1, ReductionOperator.domain) + WireBytes.field(2, 1)
    return WireBytes.field(7, graph) + WireBytes.field(8, domain)
  }

  /// A `NodeProto` (`input` 1, `output` 2, `name` 3, `op_type` 4, `attribute` 5, `domain` 7).
  static func node(
    reducing tensor: ReducedTensor, from source: String, blockSize: Int
  ) -> [UInt8] {
    WireBytes.field(1, source) + WireBytes.field(2, tensor.outputName)
      + WireBytes.field(3, tensor.outputName) + WireBytes.field(4, ReductionOperator.name)
      + attribute("neurons", tensor.neuronCount) + attribute("axis", tensor.channelAxis)
      + attribute("block", blockSize) + WireBytes.field(7, ReductionOperator.domain)
  }

  private static func output(_ name: String) -> [UInt8] {
    WireBytes.field(12, WireBytes.field(1, name))
  }

  /// An `AttributeProto`: `name` 1, `i` 3, `type` 20, which is 2 for an integer.
  private static func attribute(_ name: String, _ value: Int) -> [UInt8] {
    WireBytes.field(
      5, WireBytes.field(1, name) + WireBytes.field(3, value) + WireBytes.field(20, 2))
  }
}
