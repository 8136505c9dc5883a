/// One field of a message: where it lies, and where its content lies within.
struct WireField: Hashable {
  var number: UInt64
  /// Tag and length included.
  var whole: Range<Int>
  /// Empty for fields that hold a number.
  var content: Range<Int>

  /// The fields of the message in `range`; nil when it is cut short or no message.
  static func all(in range: Range<Int>, of bytes: [UInt8]) -> [WireField]? {
    var fields: [WireField] = []
    var place = range.lowerBound
    while place < range.upperBound {
      let start = place
      guard let tag = varint(at: &place, before: range.upperBound, of: bytes) else { return nil }
      var length: UInt64 = 0
      switch tag & 7 {
      case 0: if varint(at: &place, before: range.upperBound, of: bytes) == nil { return nil }
      case 1: length = 8
      case 2:
        guard let count = varint(at: &place, before: range.upperBound, of: bytes) else {
          return nil
        }
        length = count
      case 5: length = 4
      default: return nil
      }
      guard length <= UInt64(range.upperBound - place) else { return nil }
      let end = place + Int(length)
      fields.append(
        WireField(
          number: tag >> 3, whole: start..<end,
          content: tag & 7 == 2 ? place..<end : end..<end))
      place = end
    }
    return fields
  }

  private static func varint(
    at place: inout Int, before end: Int, of bytes: [UInt8]
  ) -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard place < end else { return nil }
      let byte = bytes[place]
      place += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }

  /// The content as text.
  func text(in bytes: [UInt8]) -> String { String(decoding: bytes[content], as: UTF8.self) }
}
