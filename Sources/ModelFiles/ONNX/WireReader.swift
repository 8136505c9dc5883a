/// Walks the fields of one protocol-buffer message without copying them.
///
/// It holds a place, not the bytes: each call is lent them.
/// Format: https://protobuf.dev/programming-guides/encoding/
struct WireReader {
  private(set) var position: Int
  let end: Int

  init(_ range: Range<Int>) {
    position = range.lowerBound
    end = range.upperBound
  }

  /// The next field, or nil at the end of the message.
  mutating func next(_ bytes: Span<UInt8>) throws(ModelFileError) -> WireField? {
    guard position < end else { return nil }
    let start = position
    let tag = try varint(bytes)
    guard let number = Int(exactly: tag >> 3), number > 0, number < 1 << 29 else {
      throw .malformed(detail: "a field without a number", offset: start)
    }
    switch tag & 7 {
    case 0: return WireField(number: number, value: .varint(try varint(bytes)))
    case 1: return WireField(number: number, value: .fixed64(try take(8, of: bytes)))
    case 2:
      let length = try varint(bytes)
      guard let count = Int(exactly: length) else { throw .truncated(offset: bytes.count) }
      return WireField(number: number, value: .bytes(try take(count, of: bytes)))
    case 5: return WireField(number: number, value: .fixed32(try take(4, of: bytes)))
    default: throw .malformed(detail: "a field of unknown wire type", offset: start)
    }
  }

  /// A number in 7-bit groups, lowest first.
  mutating func varint(_ bytes: Span<UInt8>) throws(ModelFileError) -> UInt64 {
    var result: UInt64 = 0
    var shift: UInt64 = 0
    while shift < 64 {
      guard position < end else { throw cutOff(bytes) }
      let byte = bytes[position]
      position += 1
      result |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return result }
      shift += 7
    }
    throw .malformed(detail: "a number of more than ten bytes", offset: position)
  }

  private mutating func take(
    _ count: Int, of bytes: Span<UInt8>
  ) throws(ModelFileError) -> Range<Int> {
    guard count <= end - position else { throw cutOff(bytes) }
    defer { position += count }
    return position..<position + count
  }

  private func cutOff(_ bytes: Span<UInt8>) -> ModelFileError {
    end == bytes.count
      ? .truncated(offset: end)
      : .malformed(detail: "a field that is longer than what holds it", offset: position)
  }
}

/// One field: its number and where its value stands.
struct WireField {
  var number: Int
  var value: WireValue
}

enum WireValue {
  case varint(UInt64)
  case fixed64(Range<Int>)
  case fixed32(Range<Int>)
  /// A string, bytes, a message or packed numbers.
  case bytes(Range<Int>)

  /// A signed 64-bit integer.
  var integer: Int? {
    if case .varint(let bits) = self { Int(truncatingIfNeeded: bits) } else { nil }
  }

  var range: Range<Int>? {
    if case .bytes(let range) = self { range } else { nil }
  }
}

extension Span where Element == UInt8 {
  /// The two bytes from `offset`, lowest first.
  func littleEndian16(_ offset: Int) -> Int {
    Int(self[offset]) | Int(self[offset + 1]) << 8
  }

  /// The four bytes from `offset`, lowest first.
  func littleEndian32(_ offset: Int) -> UInt32 {
    UInt32(self[offset]) | UInt32(self[offset + 1]) << 8
      | UInt32(self[offset + 2]) << 16 | UInt32(self[offset + 3]) << 24
  }

  /// The eight bytes from `offset`, lowest first.
  func littleEndian64(_ offset: Int) -> UInt64 {
    UInt64(littleEndian32(offset)) | UInt64(littleEndian32(offset + 4)) << 32
  }

  /// UTF-8 text; what is no UTF-8 is replaced.
  func text(_ range: Range<Int>) throws(ModelFileError) -> String {
    guard range.count <= 1 << 20 else {
      throw .limitExceeded(what: "bytes in a name", limit: 1 << 20)
    }
    return decoded(range)
  }

  /// The bytes of `range` as UTF-8 text; what is no UTF-8 is replaced.
  func decoded(_ range: Range<Int>) -> String {
    var copy: [UInt8] = []
    copy.reserveCapacity(range.count)
    for offset in range { copy.append(self[offset]) }
    return String(decoding: copy, as: UTF8.self)
  }
}
