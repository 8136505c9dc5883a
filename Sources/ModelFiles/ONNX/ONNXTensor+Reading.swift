import Networks

extension ONNXTensor {
  /// Reads a `TensorProto`, leaving its numbers where they are.
  init(_ range: Range<Int>, _ bytes: Span<UInt8>) throws(ModelFileError) {
    self.range = range
    var isExternal = false
    var external = ONNXExternalData()
    var reader = WireReader(range)
    while let field = try reader.next(bytes) {
      switch (field.number, field.value) {
      case (1, let value): try ONNXAttribute.appendInts(value, bytes, to: &dimensions)
      case (2, .varint(let bits)): typeCode = Int(truncatingIfNeeded: bits)
      case (4, let value): addField(.float, value, bytes)
      case (5, let value), (7, let value), (11, let value): addField(.varint, value, bytes)
      case (8, .bytes(let part)): name = try bytes.text(part)
      case (9, .bytes(let part)): storage = .raw(part)
      case (10, let value): addField(.double, value, bytes)
      case (13, .bytes(let part)): try external.read(part, bytes)
      case (14, .varint(let bits)): isExternal = bits == 1
      default: break
      }
      guard dimensions.count <= ONNXLimits.rank else {
        throw .limitExceeded(what: "dimensions of a tensor", limit: ONNXLimits.rank)
      }
    }
    if isExternal { storage = .external(external) }
  }

  /// Notes where a typed field stands; single numbers that follow one another stay separate, as
  /// their tags lie between them.
  private mutating func addField(_ kind: ONNXFieldKind, _ value: WireValue, _ bytes: Span<UInt8>) {
    let part: Range<Int>
    switch value {
    case .bytes(let range), .fixed32(let range), .fixed64(let range): part = range
    case .varint:
      // A lone number is rare enough to be given a range by its value's length.
      return addVarint(value)
    }
    guard !part.isEmpty else { return }
    if case .fields(let old, var parts) = storage, old == kind {
      storage = .none
      parts.append(part)
      storage = .fields(kind, parts)
    } else {
      storage = .fields(kind, [part])
    }
  }

  private mutating func addVarint(_ value: WireValue) {
    guard let number = value.integer else { return }
    if case .numbers(var numbers) = storage {
      storage = .none
      numbers.append(number)
      storage = .numbers(numbers)
    } else {
      storage = .numbers([number])
    }
  }
}

extension ONNXExternalData {
  /// Reads one `StringStringEntryProto` of `external_data`.
  mutating func read(_ range: Range<Int>, _ bytes: Span<UInt8>) throws(ModelFileError) {
    let entry = try ONNXModel.entry(range, bytes)
    switch entry.key {
    case "location": location = entry.value
    case "offset": offset = try Self.decimal(entry, range)
    case "length": length = try Self.decimal(entry, range)
    default: break
    }
  }

  private static func decimal(
    _ entry: (key: String, value: String), _ range: Range<Int>
  ) throws(ModelFileError) -> Int {
    guard let value = Int(entry.value), value >= 0 else {
      throw .malformed(
        detail: "the \(entry.key) of external data is no number", offset: range.lowerBound)
    }
    return value
  }
}

extension ONNXValueInfo {
  /// Reads a `ValueInfoProto`.
  init(_ range: Range<Int>, _ bytes: Span<UInt8>) throws(ModelFileError) {
    var reader = WireReader(range)
    while let field = try reader.next(bytes) {
      guard let part = field.value.range else { continue }
      if field.number == 1 { name = try bytes.text(part) }
      if field.number == 2 { try readType(part, bytes) }
    }
  }

  private mutating func readType(
    _ range: Range<Int>, _ bytes: Span<UInt8>
  ) throws(ModelFileError) {
    var reader = WireReader(range)
    while let field = try reader.next(bytes) {
      guard let part = field.value.range else { continue }
      switch field.number {
      case 1:
        kind = .tensor
        try readTensorType(part, bytes)
      case 4: kind = .sequence
      case 5: kind = .map
      case 8: kind = .sparse
      case 9: kind = .optional
      default: break
      }
    }
  }

  private mutating func readTensorType(
    _ range: Range<Int>, _ bytes: Span<UInt8>
  ) throws(ModelFileError) {
    var reader = WireReader(range)
    while let field = try reader.next(bytes) {
      switch (field.number, field.value) {
      case (1, .varint(let bits)): typeCode = Int(truncatingIfNeeded: bits)
      case (2, .bytes(let part)): shape = try Self.shape(part, bytes)
      default: break
      }
    }
  }

  /// Reads a `TensorShapeProto`; a negative length counts as unknown.
  private static func shape(
    _ range: Range<Int>, _ bytes: Span<UInt8>
  ) throws(ModelFileError) -> [Dimension] {
    var shape: [Dimension] = []
    var reader = WireReader(range)
    while let field = try reader.next(bytes) {
      guard field.number == 1, let part = field.value.range else { continue }
      var dimension = Dimension.unknown
      var inner = WireReader(part)
      while let field = try inner.next(bytes) {
        if field.number == 1, let length = field.value.integer {
          dimension = length >= 0 ? .fixed(length) : .unknown
        }
        if field.number == 2, let text = field.value.range, !text.isEmpty {
          dimension = .symbolic(printable(try bytes.text(text)))
        }
      }
      shape.append(dimension)
      guard shape.count <= ONNXLimits.rank else {
        throw .limitExceeded(what: "dimensions of a tensor", limit: ONNXLimits.rank)
      }
    }
    return shape
  }
}
