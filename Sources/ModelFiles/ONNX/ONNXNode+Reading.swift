extension ONNXNode {
  /// Reads a `NodeProto`.
  init(_ range: Range<Int>, _ bytes: Span<UInt8>, depth: Int) throws(ModelFileError) {
    self.range = range
    var reader = WireReader(range)
    while let field = try reader.next(bytes) {
      guard let part = field.value.range else { continue }
      switch field.number {
      case 1: inputs.append(try bytes.text(part))
      case 2: outputs.append(try bytes.text(part))
      case 3: name = try bytes.text(part)
      case 4: operatorName = try bytes.text(part)
      case 5: attributes.append(try ONNXAttribute(part, bytes, depth: depth))
      case 7:
        domain = try bytes.text(part)
        if domain == "ai.onnx" { domain = "" }
      default: break
      }
    }
    guard attributes.count <= ONNXLimits.attributes else {
      throw .limitExceeded(what: "attributes of an operator", limit: ONNXLimits.attributes)
    }
    guard max(inputs.count, outputs.count) <= ONNXLimits.nodeInputs else {
      throw .limitExceeded(what: "inputs of an operator", limit: ONNXLimits.nodeInputs)
    }
  }
}

extension ONNXAttribute {
  /// Reads an `AttributeProto`.
  init(_ range: Range<Int>, _ bytes: Span<UInt8>, depth: Int) throws(ModelFileError) {
    var reader = WireReader(range)
    while let field = try reader.next(bytes) {
      switch (field.number, field.value) {
      case (1, .bytes(let part)): name = try bytes.text(part)
      case (2, .fixed32(let part)):
        float = Float(bitPattern: bytes.littleEndian32(part.lowerBound))
      case (3, .varint(let bits)): int = Int(truncatingIfNeeded: bits)
      case (4, .bytes(let part)): string = try bytes.text(part)
      case (5, .bytes(let part)): tensor = try ONNXTensor(part, bytes)
      case (6, .bytes(let part)), (11, .bytes(let part)):
        try readSubgraph(part, bytes, depth: depth)
      case (9, .bytes(let part)): strings.append(try bytes.text(part))
      case (7, let value): try Self.appendFloats(value, bytes, to: &floats)
      case (8, let value): try Self.appendInts(value, bytes, to: &ints)
      default: break
      }
    }
  }

  private mutating func readSubgraph(
    _ part: Range<Int>, _ bytes: Span<UInt8>, depth: Int
  ) throws(ModelFileError) {
    var graph = ONNXGraph()
    try graph.read(part, bytes, depth: depth + 1)
    var reads = subgraphReads ?? []
    for node in graph.nodes {
      reads += node.inputs
      for attribute in node.attributes {
        reads += attribute.subgraphReads ?? []
        subgraphNodeCount += attribute.subgraphNodeCount
      }
    }
    subgraphNodeCount += graph.nodes.count
    subgraphReads = reads + graph.outputs.map(\.name)
  }

  static func appendFloats(
    _ value: WireValue, _ bytes: Span<UInt8>, to floats: inout [Float]
  ) throws(ModelFileError) {
    switch value {
    case .fixed32(let part):
      floats.append(Float(bitPattern: bytes.littleEndian32(part.lowerBound)))
    case .bytes(let part):
      guard part.count.isMultiple(of: 4) else {
        throw .malformed(detail: "packed numbers of uneven length", offset: part.lowerBound)
      }
      for offset in stride(from: part.lowerBound, to: part.upperBound, by: 4) {
        floats.append(Float(bitPattern: bytes.littleEndian32(offset)))
      }
    default: break
    }
  }

  /// Appends one integer or a packed run of them.
  static func appendInts(
    _ value: WireValue, _ bytes: Span<UInt8>, to ints: inout [Int]
  ) throws(ModelFileError) {
    switch value {
    case .varint(let bits): ints.append(Int(truncatingIfNeeded: bits))
    case .bytes(let part):
      var reader = WireReader(part)
      while reader.position < reader.end {
        ints.append(Int(truncatingIfNeeded: try reader.varint(bytes)))
      }
    default: break
    }
  }
}
