/// Bytes that, appended to a model file, make inner tensors outputs of its graph.
///
/// Protocol buffers merge a repeated embedded message into the earlier one, so a second
/// `ModelProto { graph { output { name } … } }` behind the first adds outputs, without decoding
/// or rewriting the file (Protocol Buffers encoding guide, "Last One Wins" and "merge").
struct OutputExposure {
  /// Fields: `ModelProto.graph` 7, `GraphProto.output` 12, `ValueInfoProto.name` 1.
  static func bytes(exposing names: [String]) -> [UInt8] {
    guard !names.isEmpty else { return [] }
    let outputs = names.flatMap { field(12, field(1, Array($0.utf8))) }
    return field(7, outputs)
  }

  /// A length-delimited field.
  private static func field(_ number: UInt64, _ content: [UInt8]) -> [UInt8] {
    varint(number << 3 | 2) + varint(UInt64(content.count)) + content
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
