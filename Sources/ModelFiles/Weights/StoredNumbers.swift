import Networks
import Storage

extension MappedFile {
  /// `count` numbers of `type` stored little-endian from byte `offset`, as floats.
  func floats(at offset: Int, count: Int, _ type: ElementType) -> [Float] {
    switch type {
    case .float32: return numbers(Float.self, offset, count)
    case .float64: return numbers(Double.self, offset, count).map { Float($0) }
    case .float16: return numbers(UInt16.self, offset, count).map { Float(Float16(bitPattern: $0)) }
    case .bfloat16:
      return numbers(UInt16.self, offset, count).map { Float(bitPattern: UInt32($0) << 16) }
    case .int8: return numbers(Int8.self, offset, count).map { Float($0) }
    case .uint8, .bool: return numbers(UInt8.self, offset, count).map { Float($0) }
    case .int16: return numbers(Int16.self, offset, count).map { Float($0) }
    case .uint16: return numbers(UInt16.self, offset, count).map { Float($0) }
    case .int32: return numbers(Int32.self, offset, count).map { Float($0) }
    case .uint32: return numbers(UInt32.self, offset, count).map { Float($0) }
    case .int64: return numbers(Int64.self, offset, count).map { Float($0) }
    case .uint64: return numbers(UInt64.self, offset, count).map { Float($0) }
    case .string, .other: return []
    }
  }

  /// Lends the same numbers to `body`, some at a time, and gives each page back once it was read.
  func streamFloats(
    at start: Int, count: Int, _ type: ElementType, _ body: (Span<Float>) -> Void
  ) {
    let size = type.byteCount ?? 4
    var buffer = Array(repeating: Float(0), count: min(count, WeightStore.chunkCount))
    var done = 0
    while done < count {
      let number = min(WeightStore.chunkCount, count - done)
      let offset = start + done * size
      if type == .float32 {
        if number < buffer.count { buffer.removeLast(buffer.count - number) }
        copyNumbers(at: offset, into: &buffer)
        body(buffer.span)
      } else {
        body(floats(at: offset, count: number, type).span)
      }
      done += number
      release(offset..<offset + number * size)
    }
  }

  private func numbers<Number: BitwiseCopyable & Numeric>(
    _ type: Number.Type, _ offset: Int, _ count: Int
  ) -> [Number] {
    var values = Array(repeating: Number.zero, count: count)
    copyNumbers(at: offset, into: &values)
    return values
  }
}

extension WeightStore {
  /// Lends the numbers of typed protobuf fields to `body`.
  func streamFields(
    _ tensor: ONNXTensor, _ count: Int, _ body: (Span<Float>) -> Void
  ) throws(NumbersUnavailable) {
    switch tensor.storage {
    case .fields(.float, let parts): try streamFixed(parts, .float32, count, body)
    case .fields(.double, let parts): try streamFixed(parts, .float64, count, body)
    case .fields(.varint, let parts): try streamVarints(parts, tensor.elementType, count, body)
    case .numbers(let numbers):
      guard numbers.count >= count else { throw Self.tooFew(numbers.count, count) }
      let values = numbers.prefix(count).map { Self.float($0, tensor.elementType) }
      body(values.span)
    case .none, .raw, .external:
      guard count == 0 else { throw Self.tooFew(0, count) }
    }
  }

  private func streamFixed(
    _ parts: [Range<Int>], _ type: ElementType, _ count: Int, _ body: (Span<Float>) -> Void
  ) throws(NumbersUnavailable) {
    let size = type.byteCount ?? 4
    let found = parts.reduce(0) { $0 + $1.count / size }
    guard found >= count else { throw Self.tooFew(found, count) }
    var left = count
    for part in parts where left > 0 {
      var offset = part.lowerBound
      while offset + size <= part.upperBound, left > 0 {
        let number = min(Self.chunkCount, left, (part.upperBound - offset) / size)
        body(file.floats(at: offset, count: number, type).span)
        offset += number * size
        left -= number
      }
    }
  }

  private func streamVarints(
    _ parts: [Range<Int>], _ type: ElementType, _ count: Int, _ body: (Span<Float>) -> Void
  ) throws(NumbersUnavailable) {
    var values: [Float] = []
    for part in parts {
      guard values.count < count else { break }
      file.withSpan { bytes in
        var reader = WireReader(part)
        while values.count < count, let bits = try? reader.varint(bytes) {
          values.append(Self.float(Int(truncatingIfNeeded: bits), type))
        }
      }
    }
    guard values.count >= count else { throw Self.tooFew(values.count, count) }
    body(values.span)
  }

  /// A number as `int32_data`, `int64_data` and `uint64_data` hold it.
  private static func float(_ number: Int, _ type: ElementType) -> Float {
    switch type {
    case .float16: Float(Float16(bitPattern: UInt16(truncatingIfNeeded: number)))
    case .bfloat16: Float(bitPattern: UInt32(UInt16(truncatingIfNeeded: number)) << 16)
    case .uint64: Float(UInt64(bitPattern: Int64(number)))
    default: Float(number)
    }
  }

  /// The integers of a small stored tensor; nil when it holds none, or more than `limit`.
  func integers(of tensor: ONNXTensor, limit: Int) -> [Int]? {
    guard let count = tensor.count, count <= limit, tensor.elementType.isInteger else { return nil }
    switch tensor.storage {
    case .numbers(let numbers): return numbers.count >= count ? Array(numbers.prefix(count)) : nil
    case .fields(.varint, let parts):
      var values: [Int] = []
      for part in parts {
        file.withSpan { bytes in
          var reader = WireReader(part)
          while values.count < count, let bits = try? reader.varint(bytes) {
            values.append(Int(truncatingIfNeeded: bits))
          }
        }
      }
      return values.count == count ? values : nil
    case .raw, .external: return rawIntegers(of: tensor, count)
    case .none: return count == 0 ? [] : nil
    case .fields: return nil
    }
  }

  private func rawIntegers(of tensor: ONNXTensor, _ count: Int) -> [Int]? {
    let type = tensor.elementType
    guard let (file, range) = place(of: tensor), let size = type.byteCount,
      range.count / size >= count
    else { return nil }
    guard type == .int64 || type == .uint64 else {
      return file.floats(at: range.lowerBound, count: count, type).map { Int($0) }
    }
    return file.withSpan(range) { bytes in
      (0..<count).map { Int(truncatingIfNeeded: bytes.littleEndian64($0 * 8)) }
    }
  }
}
