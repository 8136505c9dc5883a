import Networks

/// Conversion between floats and the element types of tensors.
enum ElementConversion {
  /// Writes `values` as `type`; integers are rounded to the nearest and clamped.
  static func encode(
    _ values: UnsafeMutableBufferPointer<Float>, as type: ElementType, into buffer: RawBuffer
  ) {
    switch type {
    case .float16: unsafe store(values, into: buffer) { Float16($0).bitPattern }
    case .float64: unsafe store(values, into: buffer) { Double($0).bitPattern }
    case .int8: unsafe store(values, into: buffer) { Int8(clamped($0, -128, 127)) }
    default: unsafe store(values, into: buffer) { UInt8(clamped($0, 0, 255)) }
    }
  }

  /// The bytes of one element that stands for `value`, lowest first; nil for types it cannot be
  /// given as.
  static func element(
    _ value: Float, as type: ElementType, _ request: TensorRequest
  ) -> [UInt8]? {
    let stored = value / request.scale + request.zeroPoint
    switch type {
    case .float32: return bytes(value.bitPattern)
    case .float16: return bytes(Float16(value).bitPattern)
    case .float64: return bytes(Double(value).bitPattern)
    case .bfloat16: return bytes(UInt16(truncatingIfNeeded: value.bitPattern >> 16))
    case .uint8: return bytes(UInt8(clamped(stored, 0, 255)))
    case .int8: return bytes(UInt8(bitPattern: Int8(clamped(stored, -128, 127))))
    default: return nil
    }
  }

  private static func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> Number($0 * 8)) }
  }

  private static func clamped(_ value: Float, _ low: Float, _ high: Float) -> Float {
    value.isNaN ? 0 : min(max(value.rounded(.toNearestOrEven), low), high)
  }

  private static func store<Element: FixedWidthInteger>(
    _ values: UnsafeMutableBufferPointer<Float>, into buffer: RawBuffer,
    _ convert: (Float) -> Element
  ) {
    buffer.resize(byteCount: values.count * MemoryLayout<Element>.size)
    let target = unsafe buffer.bytes.bindMemory(to: Element.self)
    for index in values.indices { unsafe target[index] = convert(values[index]) }
  }

  /// Reads `count` elements of `type` as floats; false for types that are no numbers.
  ///
  /// - Precondition: `bytes` holds `count` elements of `type`.
  static func decode(
    _ bytes: UnsafeRawBufferPointer, _ type: ElementType, _ request: TensorRequest, count: Int,
    into buffer: RawBuffer
  ) -> Bool {
    buffer.resize(byteCount: count * MemoryLayout<Float>.size)
    let values = unsafe buffer.floats
    let (scale, zero) = (request.scale, request.zeroPoint)
    switch type {
    case .float16: unsafe load(bytes, into: values) { float(half: $0) }
    case .bfloat16:
      unsafe load(bytes, into: values) { (bits: UInt16) in Float(bitPattern: UInt32(bits) << 16) }
    case .float64:
      unsafe load(bytes, into: values) { (bits: UInt64) in Float(Double(bitPattern: bits)) }
    case .uint8: unsafe load(bytes, into: values) { (n: UInt8) in (Float(n) - zero) * scale }
    case .int8: unsafe load(bytes, into: values) { (n: Int8) in (Float(n) - zero) * scale }
    case .uint16: unsafe load(bytes, into: values) { (n: UInt16) in (Float(n) - zero) * scale }
    case .int16: unsafe load(bytes, into: values) { (n: Int16) in (Float(n) - zero) * scale }
    case .int32: unsafe load(bytes, into: values) { (n: Int32) in (Float(n) - zero) * scale }
    case .int64: unsafe load(bytes, into: values) { (n: Int64) in (Float(n) - zero) * scale }
    default: return false
    }
    return true
  }

  private static func load<Element: FixedWidthInteger>(
    _ bytes: UnsafeRawBufferPointer, into values: UnsafeMutableBufferPointer<Float>,
    _ convert: (Element) -> Float
  ) {
    let elements = unsafe bytes.assumingMemoryBound(to: Element.self)
    for index in values.indices { unsafe values[index] = convert(elements[index]) }
  }

  /// A half-precision number: shifting its exponent by multiplication also gets the
  /// subnormals right, and the loop stays in vectors.
  private static func float(half bits: UInt16) -> Float {
    let magnitude = UInt32(bits & 0x7FFF)
    let scaled = Float(bitPattern: magnitude << 13) * 0x1p112
    let finite = scaled.bitPattern
    let special: UInt32 = 0x7F80_0000 | magnitude << 13
    let sign = UInt32(bits & 0x8000) << 16
    return Float(bitPattern: sign | (magnitude >= 0x7C00 ? special : finite))
  }
}
