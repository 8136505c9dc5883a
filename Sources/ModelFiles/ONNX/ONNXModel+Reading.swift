/// Bounds that no real model comes near; they keep hostile files from taking all memory.
enum ONNXLimits {
  static let nodes = 1_000_000
  static let tensors = 1_000_000
  static let attributes = 10_000
  static let rank = 64
  static let subgraphDepth = 16
  static let nodeInputs = 10_000
}

extension ONNXModel {
  /// Scans the bytes of an ONNX file, `ModelProto` in onnx.proto.
  ///
  /// - Complexity: O(*fields*): weights are passed over.
  init(_ bytes: Span<UInt8>) throws(ModelFileError) {
    self.init()
    var reader = WireReader(0..<bytes.count)
    while let field = try reader.next(bytes) {
      try read(field, bytes)
    }
  }

  private mutating func read(_ field: WireField, _ bytes: Span<UInt8>) throws(ModelFileError) {
    switch (field.number, field.value) {
    case (1, .varint(let bits)): irVersion = Int(truncatingIfNeeded: bits)
    case (2, .bytes(let range)): producer = try bytes.text(range)
    case (3, .bytes(let range)): producerVersion = try bytes.text(range)
    case (7, .bytes(let range)):
      hasGraph = true
      try graph.read(range, bytes, depth: 0)
    case (8, .bytes(let range)): opsets.append(try ONNXOperatorSet(range, bytes))
    case (14, .bytes(let range)): metadata.append(try Self.entry(range, bytes))
    case (25, .bytes): functionCount += 1
    case (1, _), (2, _), (3, _), (7, _), (8, _), (14, _):
      throw .malformed(detail: "field \(field.number) has the wrong type", offset: nil)
    default: break
    }
  }

  /// A `StringStringEntryProto`.
  static func entry(
    _ range: Range<Int>, _ bytes: Span<UInt8>
  ) throws(ModelFileError) -> (key: String, value: String) {
    var entry = (key: "", value: "")
    var reader = WireReader(range)
    while let field = try reader.next(bytes) {
      guard let text = field.value.range else { continue }
      if field.number == 1 { entry.key = try bytes.text(text) }
      if field.number == 2 { entry.value = try bytes.text(text) }
    }
    return entry
  }
}

extension ONNXOperatorSet {
  init(_ range: Range<Int>, _ bytes: Span<UInt8>) throws(ModelFileError) {
    var reader = WireReader(range)
    while let field = try reader.next(bytes) {
      switch (field.number, field.value) {
      case (1, .bytes(let text)): domain = try bytes.text(text)
      case (2, .varint(let bits)): version = Int(truncatingIfNeeded: bits)
      default: break
      }
    }
  }
}

extension ONNXGraph {
  /// Adds what a `GraphProto` holds; a repeated graph is merged, as protobuf does.
  mutating func read(
    _ range: Range<Int>, _ bytes: Span<UInt8>, depth: Int
  ) throws(ModelFileError) {
    guard depth < ONNXLimits.subgraphDepth else {
      throw .limitExceeded(what: "graphs inside one another", limit: ONNXLimits.subgraphDepth)
    }
    var reader = WireReader(range)
    while let field = try reader.next(bytes) {
      guard let part = field.value.range else { continue }
      switch field.number {
      case 1: nodes.append(try ONNXNode(part, bytes, depth: depth))
      case 5: initializers.append(try ONNXTensor(part, bytes))
      case 11: inputs.append(try ONNXValueInfo(part, bytes))
      case 12: outputs.append(try ONNXValueInfo(part, bytes))
      case 13: valueInfos.append(try ONNXValueInfo(part, bytes))
      case 15: sparseInitializerNames.append(try Self.sparseName(part, bytes))
      default: break
      }
    }
    try checkCounts()
  }

  private func checkCounts() throws(ModelFileError) {
    guard nodes.count <= ONNXLimits.nodes else {
      throw .limitExceeded(what: "operators", limit: ONNXLimits.nodes)
    }
    let tensors = max(initializers.count, inputs.count, outputs.count, valueInfos.count)
    guard tensors <= ONNXLimits.tensors else {
      throw .limitExceeded(what: "tensors", limit: ONNXLimits.tensors)
    }
  }

  /// The name of a `SparseTensorProto`, which is that of its values.
  private static func sparseName(
    _ range: Range<Int>, _ bytes: Span<UInt8>
  ) throws(ModelFileError) -> String {
    var reader = WireReader(range)
    while let field = try reader.next(bytes) {
      if field.number == 1, let part = field.value.range {
        return try ONNXTensor(part, bytes).name
      }
    }
    return ""
  }
}
