import Networks

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
    let ports = MessageBytes(
      contents.inputs.map { field(11, valueInfo($0)) }.flatMap(\.self)
        + contents.outputs.map { field(12, .text(1, graph.tensors[$0].name)) }.flatMap(\.self))
    let copies =
      contents.nodes.map { (UInt64(1), graph.nodes[$0].range) }
      + stored.map { (UInt64(5), $0) }
    var graphCount = ports.bytes.count + MessageBytes.text(2, "part").bytes.count
    for (number, range) in copies {
      graphCount += MessageBytes.head(number, range.count).count + range.count
    }
    guard graphCount < Self.longest else {
      throw .cannotCut(layer: layer, reason: "what follows it is larger than 2 GiB")
    }
    var result = try modelFields(bytes)
    result.reserveCapacity(result.count + graphCount + 16)
    result += MessageBytes.head(7, graphCount)
    result += MessageBytes.text(2, "part").bytes
    for (number, range) in copies {
      result += MessageBytes.head(number, range.count)
      result.append(bytes, range)
    }
    result += ports.bytes
    return NetworkPart(
      bytes: result, inputs: contents.inputs.map { graph.tensors[$0].name },
      outputs: contents.outputs.map { graph.tensors[$0].name })
  }

  /// Everything of the model but its graph, and a format version in which weights need not be
  /// inputs, too.
  private func modelFields(_ bytes: Span<UInt8>) throws(ModelFileError) -> [UInt8] {
    var result = MessageBytes.number(1, UInt64(max(4, model.irVersion))).bytes
    var reader = WireReader(0..<bytes.count)
    var start = 0
    while let field = try reader.next(bytes) {
      if field.number != 1, field.number != 7 { result.append(bytes, start..<reader.position) }
      start = reader.position
    }
    return result
  }

  private func field(_ number: UInt64, _ message: MessageBytes) -> [UInt8] {
    MessageBytes.head(number, message.bytes.count) + message.bytes
  }

  /// A `ValueInfoProto` with what is known of the tensor.
  private func valueInfo(_ tensor: Int) -> MessageBytes {
    let facts = graph.tensors[tensor]
    var type = MessageBytes.number(1, UInt64(clamping: facts.typeCode ?? 1)).bytes
    if let shape = facts.shape {
      type += field(
        2,
        MessageBytes(
          shape.flatMap { dimension in
            switch dimension {
            case .fixed(let length): field(1, .number(1, UInt64(clamping: length)))
            case .symbolic(let name): field(1, .text(2, name))
            case .unknown: field(1, MessageBytes([]))
            }
          }))
    }
    let kind = field(1, MessageBytes(type))
    return MessageBytes(MessageBytes.text(1, facts.name).bytes + field(2, MessageBytes(kind)))
  }
}

/// Fields of a protocol-buffer message, written.
/// Format: https://protobuf.dev/programming-guides/encoding/
struct MessageBytes {
  var bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// A field of bytes, text or a message: its tag and length.
  static func head(_ number: UInt64, _ count: Int) -> [UInt8] {
    varint(number << 3 | 2) + varint(UInt64(count))
  }

  static func text(_ number: UInt64, _ text: String) -> MessageBytes {
    MessageBytes(head(number, text.utf8.count) + Array(text.utf8))
  }

  static func number(_ number: UInt64, _ value: UInt64) -> MessageBytes {
    MessageBytes(varint(number << 3) + varint(value))
  }

  private static func varint(_ value: UInt64) -> [UInt8] {
    var (rest, bytes) = (value, [UInt8]())
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
    return bytes
  }
}
