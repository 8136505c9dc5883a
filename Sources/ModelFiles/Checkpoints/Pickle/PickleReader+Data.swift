/// Opcodes that push plain data. Each function returns false for opcodes that are not its own.
extension PickleReader {
  mutating func readData(
    _ code: UInt8, _ bytes: Span<UInt8>
  ) throws(CheckpointError) -> Bool {
    switch code {
    case 0x80:  // PROTO
      let version = try byte(bytes)
      guard version <= 5 else { throw Self.damaged("is of the unknown protocol \(version)") }
    case 0x95:  // FRAME
      let count = try number(8, bytes)
      guard count <= bytes.count - position else { throw Self.damaged("is cut off") }
    case UInt8(ascii: "N"): try push(.none)
    case 0x88: try push(.bool(true))
    case 0x89: try push(.bool(false))
    case UInt8(ascii: "J"):
      try push(.integer(Int(Int32(truncatingIfNeeded: try number(4, bytes)))))
    case UInt8(ascii: "K"): try push(.integer(try number(1, bytes)))
    case UInt8(ascii: "M"): try push(.integer(try number(2, bytes)))
    case 0x8A: try pushLong(try number(1, bytes), bytes)
    case 0x8B: try pushLong(try number(4, bytes), bytes)
    case UInt8(ascii: "G"): try pushReal(bytes)
    default: return try readText(code, bytes)
    }
    return true
  }

  private mutating func readText(
    _ code: UInt8, _ bytes: Span<UInt8>
  ) throws(CheckpointError) -> Bool {
    switch code {
    case UInt8(ascii: "X"): try pushText(try number(4, bytes), bytes)  // BINUNICODE
    case 0x8C: try pushText(try number(1, bytes), bytes)
    case 0x8D: try pushText(try number(8, bytes), bytes)
    case UInt8(ascii: "U"): try pushText(try number(1, bytes), bytes)  // SHORT_BINSTRING
    case UInt8(ascii: "T"): try pushText(try number(4, bytes), bytes)
    case UInt8(ascii: "B"): try push(.bytes(try take(try number(4, bytes), of: bytes)))
    case UInt8(ascii: "C"): try push(.bytes(try take(try number(1, bytes), of: bytes)))
    case 0x8E, 0x96: try push(.bytes(try take(try number(8, bytes), of: bytes)))
    case UInt8(ascii: "V"), UInt8(ascii: "S"):
      try push(.text(unescaped(try line(bytes), isQuoted: code == UInt8(ascii: "S"))))
    case UInt8(ascii: "I"): try pushInteger(try line(bytes))
    case UInt8(ascii: "L"):
      let text = try line(bytes)
      try push(
        Int(text.hasSuffix("L") ? String(text.dropLast()) : text).map { .integer($0) } ?? .other)
    case UInt8(ascii: "F"): try push(.real(Double(try line(bytes)) ?? .nan))
    default: return false
    }
    return true
  }

  private mutating func pushText(_ count: Int, _ bytes: Span<UInt8>) throws(CheckpointError) {
    let range = try take(count, of: bytes)
    try push(.text(try text(range, bytes)))
  }

  /// `01` and `00` are true and false in protocol 0.
  private mutating func pushInteger(_ text: String) throws(CheckpointError) {
    switch text {
    case "01": try push(.bool(true))
    case "00": try push(.bool(false))
    default: try push(Int(text).map { .integer($0) } ?? .other)
    }
  }

  /// A number in two's complement, lowest byte first.
  private mutating func pushLong(_ count: Int, _ bytes: Span<UInt8>) throws(CheckpointError) {
    let range = try take(count, of: bytes)
    guard count > 0 else { return try push(.integer(0)) }
    guard count <= 8 else { return try push(.other) }
    var value: UInt64 = bytes[range.upperBound - 1] >= 0x80 ? ~0 : 0
    for offset in range.reversed() { value = value << 8 | UInt64(bytes[offset]) }
    try push(.integer(Int(Int64(bitPattern: value))))
  }

  /// Eight bytes, highest first.
  private mutating func pushReal(_ bytes: Span<UInt8>) throws(CheckpointError) {
    var bits: UInt64 = 0
    for offset in try take(8, of: bytes) { bits = bits << 8 | UInt64(bytes[offset]) }
    try push(.real(Double(bitPattern: bits)))
  }

  /// Text of protocol 0: quotes taken away, `\uXXXX`, `\xXX`, `\n` and the like resolved.
  private func unescaped(_ line: String, isQuoted: Bool) -> String {
    let inner = isQuoted && line.count >= 2 ? line.dropFirst().dropLast() : line[...]
    guard inner.contains("\\") else { return String(inner) }
    var result = String.UnicodeScalarView()
    var rest = inner.unicodeScalars
    while let scalar = rest.popFirst() {
      guard scalar == "\\", let kind = rest.popFirst() else {
        result.append(scalar)
        continue
      }
      let digits = ["u": 4, "U": 8, "x": 2][kind] ?? 0
      if digits > 0, let code = UInt32(String(rest.prefix(digits)), radix: 16),
        let decoded = Unicode.Scalar(code)
      {
        rest = rest.dropFirst(digits)
        result.append(decoded)
      } else {
        result.append(["n": "\n", "t": "\t", "r": "\r"][kind] ?? kind)
      }
    }
    return String(result)
  }
}
