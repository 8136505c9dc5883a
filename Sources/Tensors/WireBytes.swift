/// Messages in the wire format of protocol buffers, written field by field.
///
/// Format: https://protobuf.dev/programming-guides/encoding/
package enum WireBytes {
  /// Tag and length of a field whose content follows: bytes, text or a message.
  package static func head(_ number: UInt64, _ count: Int) -> [UInt8] {
    varint(number << 3 | 2) + varint(UInt64(clamping: count))
  }

  /// A length-delimited field.
  package static func field(_ number: UInt64, _ content: [UInt8]) -> [UInt8] {
    head(number, content.count) + content
  }

  /// A text field.
  package static func field(_ number: UInt64, _ text: String) -> [UInt8] {
    field(number, Array(text.utf8))
  }

  /// A field that holds a number; negative ones count as 0.
  package static func field(_ number: UInt64, _ value: Int) -> [UInt8] {
    varint(number << 3) + varint(UInt64(clamping: value))
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
