import FoundationEssentials

/// Writes a safetensors file tensor by tensor, so that no more than one is in memory.
public struct SafetensorsWriter {
  /// A tensor to come: its bytes are made when its turn comes.
  public struct Tensor {
    public var name: String
    public var format: TensorFormat
    public var shape: [Int]
    let chunks: (inout AtomicFile) throws(StorageError) -> Void

    var byteCount: Int { shape.reduce(format.byteCount, *) }
  }

  private var tensors: [Tensor] = []
  private let metadata: [String: String]

  public init(metadata: [String: String]) {
    self.metadata = metadata
  }

  /// Adds a tensor that is in memory.
  ///
  /// - Precondition: the shape's product is the number of values.
  public mutating func add<Value: StorableElement>(
    _ name: String, _ values: [Value], shape: [Int]
  ) {
    precondition(shape.reduce(1, *) == values.count, "\(name): shape does not fit the values")
    tensors.append(
      Tensor(name: name, format: Value.tensorFormat, shape: shape) {
        (file: inout AtomicFile) throws(StorageError) in
        try file.write(littleEndianBytes(values))
      })
  }

  /// Adds bytes that `chunks` writes itself; it must write exactly `byteCount` of them.
  public mutating func addBytes(
    _ name: String, byteCount: Int,
    _ chunks: @escaping (inout AtomicFile) throws(StorageError) -> Void
  ) {
    tensors.append(Tensor(name: name, format: .u8, shape: [byteCount], chunks: chunks))
  }

  /// Writes the file; what stood at `path` is replaced only when all went well.
  public func write(to path: String) throws(StorageError) {
    var file = try AtomicFile(path: path)
    // Wide elements first, so that every tensor is aligned to its element.
    let ordered = tensors.enumerated().sorted {
      ($1.element.format.byteCount, $0.offset) < ($0.element.format.byteCount, $1.offset)
    }.map(\.element)
    try file.write(header(of: ordered))
    for tensor in ordered { try tensor.chunks(&file) }
    try file.commit()
  }

  private func header(of ordered: [Tensor]) -> [UInt8] {
    var offset = 0
    var parts: [String] = []
    let facts = metadata.sorted { $0.key < $1.key }.map {
      "\(jsonString($0.key)):\(jsonString($0.value))"
    }
    parts.append("\"__metadata__\":{\(facts.joined(separator: ","))}")
    for tensor in ordered {
      let shape = tensor.shape.map { "\($0)" }.joined(separator: ",")
      let end = offset + tensor.byteCount
      parts.append(
        "\(jsonString(tensor.name)):{\"dtype\":\"\(tensor.format.rawValue)\","
          + "\"shape\":[\(shape)],\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    var text = Array("{\(parts.joined(separator: ","))}".utf8)
    while text.count % 8 != 0 { text.append(UInt8(ascii: " ")) }
    return littleEndianBytes([UInt64(text.count)]) + text
  }
}

/// `values` as bytes in the order of this (little-endian) machine.
private func littleEndianBytes<Value: StorableElement>(_ values: [Value]) -> [UInt8] {
  unsafe values.withUnsafeBytes { unsafe Array($0) }
}

/// `text` as a JSON string, quotes included.
func jsonString(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case _ where scalar.value < 0x20:
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
