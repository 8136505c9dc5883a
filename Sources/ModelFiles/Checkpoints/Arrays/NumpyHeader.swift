import Networks

/// The header of an array in NumPy's own format.
///
/// Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
struct NumpyHeader {
  var elementType: ElementType
  var shape: [Int]
  var isFortranOrder: Bool
  /// First byte of the numbers.
  var dataStart: Int

  private static let largestHeader = 1 << 16
  /// Bytes from the start of an array within which its header ends.
  static let largestCount = 12 + largestHeader

  /// - Parameter bytes: The array file, or its beginning.
  init(_ bytes: Span<UInt8>) throws(CheckpointError) {
    guard bytes.count >= 10, bytes[0] == 0x93, bytes.decoded(1..<6) == "NUMPY" else {
      throw Self.damaged("is missing")
    }
    let isLong = bytes[6] >= 2
    guard (1...3).contains(bytes[6]), !isLong || bytes.count >= 12 else {
      throw Self.damaged("is of an unknown version")
    }
    let length = isLong ? Int(bytes.littleEndian32(8)) : bytes.littleEndian16(8)
    dataStart = (isLong ? 12 : 10) + length
    guard length <= Self.largestHeader, dataStart <= bytes.count else {
      throw Self.damaged("is cut off")
    }
    let text = bytes.decoded((isLong ? 12 : 10)..<dataStart)
    guard let format = Self.value("descr", in: text), let shape = Self.value("shape", in: text),
      let lengths = Self.lengths(shape)
    else { throw Self.damaged("does not give shape and number format") }
    guard let type = Self.elementType(format) else {
      throw .unsupported(
        detail: "an array holds “\(printable(format))”, not plain numbers",
        advice: "save the weights as numeric arrays")
    }
    (elementType, self.shape) = (type, lengths)
    isFortranOrder = Self.value("fortran_order", in: text)?.hasPrefix("True") ?? false
  }

  /// Column-major steps, in elements; nil for row-major order.
  var strides: [Int]? {
    guard isFortranOrder else { return nil }
    var step = 1
    return shape.map { length in
      defer { (step, _) = step.multipliedReportingOverflow(by: max(1, length)) }
      return step
    }
  }

  /// What follows `'key':`, up to the comma after a closed parenthesis, or the brace.
  private static func value(_ key: String, in text: String) -> String? {
    guard let found = text.firstRange(of: "'\(key)':") else { return nil }
    let rest = text[found.upperBound...].drop(while: \.isWhitespace)
    let isTuple = rest.first == "("
    let end = rest.firstIndex { isTuple ? $0 == ")" : $0 == "," || $0 == "}" } ?? rest.endIndex
    return String(rest[..<end])
  }

  private static func lengths(_ text: String) -> [Int]? {
    guard text.hasPrefix("(") else { return nil }
    let parts = text.dropFirst().split(separator: ",").map { $0.filter { !$0.isWhitespace } }
      .filter { !$0.isEmpty }
    let numbers = parts.compactMap { Int($0) }
    return numbers.count == parts.count && numbers.count <= TensorClaim.largestRank ? numbers : nil
  }

  private static func elementType(_ format: String) -> ElementType? {
    let known: [String: ElementType] = [
      "<f8": .float64, "<f4": .float32, "<f2": .float16, "<i8": .int64, "<i4": .int32,
      "<i2": .int16, "|i1": .int8, "<u8": .uint64, "<u4": .uint32, "<u2": .uint16, "|u1": .uint8,
      "|b1": .bool,
    ]
    return known[format.filter { $0 != "'" }]
  }

  private static func damaged(_ detail: String) -> CheckpointError {
    .damaged(part: "array header", detail: detail)
  }
}
