/// Numbers that training wrote for TensorBoard.
///
/// Format: TFRecord (https://www.tensorflow.org/tutorials/load_data/tfrecord): length in 8 bytes, its
/// masked CRC-32C, data, the data's masked CRC-32C; each datum a message of event.proto: `Event.step`
/// is field 2, `summary` 5, `Summary.value` 1, `Value.tag` 1, `simple_value` 2, `tensor` 8. Of tensors
/// only single floats and doubles are read. A file that training is still writing ends in half a
/// record; what stands before it holds.
public struct EventFile: Sendable {
  /// One number of one step.
  public struct Scalar: Hashable, Sendable {
    public var step: Int
    public var tag: String
    public var value: Double
  }

  /// In the order of the file.
  public private(set) var scalars: [Scalar] = []
  /// Whether reading ended before the file did: at a record that is cut off or damaged.
  public private(set) var isCut = false

  static let largestRecord = 1 << 24
  static let largestCount = 1_000_000

  /// - Complexity: O(bytes).
  public init(_ bytes: Span<UInt8>) {
    let check = CRC32C()
    var position = 0
    while position < bytes.count, scalars.count < Self.largestCount {
      guard let data = Self.record(bytes, at: position, check),
        (try? read(event: data, bytes)) != nil
      else {
        isCut = true
        return
      }
      position = data.upperBound + 4
    }
  }

  /// Where the data of a sound record lie.
  private static func record(
    _ bytes: Span<UInt8>, at start: Int, _ check: CRC32C
  ) -> Range<Int>? {
    guard bytes.count - start >= 16,
      bytes.littleEndian32(start + 8) == check.masked(bytes, start..<start + 8),
      let count = Int(exactly: bytes.littleEndian64(start)), count <= largestRecord,
      count <= bytes.count - start - 16
    else { return nil }
    let data = start + 12..<start + 12 + count
    return bytes.littleEndian32(data.upperBound) == check.masked(bytes, data) ? data : nil
  }

  private mutating func read(event: Range<Int>, _ bytes: Span<UInt8>) throws(ModelFileError) {
    var reader = WireReader(event)
    var step = 0
    var summaries: [Range<Int>] = []
    while let field = try reader.next(bytes) {
      switch (field.number, field.value) {
      case (2, .varint(let bits)): step = Int(truncatingIfNeeded: bits)
      case (5, .bytes(let range)): summaries.append(range)
      default: break
      }
    }
    for summary in summaries {
      var reader = WireReader(summary)
      while let field = try reader.next(bytes) {
        guard field.number == 1, let range = field.value.range else { continue }
        if let (tag, value) = try Self.value(range, bytes), value.isFinite {
          scalars.append(Scalar(step: step, tag: tag, value: value))
        }
      }
    }
  }

  /// Tag and number of a `Summary.Value`; nil where it holds no number.
  private static func value(
    _ range: Range<Int>, _ bytes: Span<UInt8>
  ) throws(ModelFileError) -> (String, Double)? {
    var reader = WireReader(range)
    var tag: String?
    var number: Double?
    while let field = try reader.next(bytes) {
      switch (field.number, field.value) {
      case (1, .bytes(let range)) where range.count <= 400: tag = bytes.decoded(range)
      case (2, .fixed32(let range)): number = Double(bytes.float(range.lowerBound))
      case (8, .bytes(let range)): number = try tensor(range, bytes) ?? number
      default: break
      }
    }
    return tag.flatMap { tag in number.map { (printable(tag), $0) } }
  }

  /// The number of a `TensorProto` that holds one float or double.
  private static func tensor(
    _ range: Range<Int>, _ bytes: Span<UInt8>
  ) throws(ModelFileError) -> Double? {
    var reader = WireReader(range)
    var type = 0
    var number: Double?
    while let field = try reader.next(bytes) {
      switch (field.number, field.value) {
      case (1, .varint(let code)): type = Int(truncatingIfNeeded: code)
      case (4, .bytes(let content)) where type == 1 && content.count == 4,
        (5, .bytes(let content)) where content.count == 4:
        number = Double(bytes.float(content.lowerBound))
      case (4, .bytes(let content)) where type == 2 && content.count == 8,
        (6, .bytes(let content)) where content.count == 8:
        number = Double(bitPattern: bytes.littleEndian64(content.lowerBound))
      case (5, .fixed32(let range)): number = Double(bytes.float(range.lowerBound))
      case (6, .fixed64(let range)):
        number = Double(bitPattern: bytes.littleEndian64(range.lowerBound))
      default: break
      }
    }
    return number
  }
}

extension Span where Element == UInt8 {
  fileprivate func float(_ offset: Int) -> Float { Float(bitPattern: littleEndian32(offset)) }
}
