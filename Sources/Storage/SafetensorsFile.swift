import FoundationEssentials

/// A safetensors container, mapped into memory and checked before anything is handed out.
public struct SafetensorsFile: Sendable {
  /// Largest header accepted, as in the format's own reader.
  public static let largestHeader = 100_000_000

  /// The mapped bytes, the free-form metadata, and where each tensor lies, by name.
  public let file: MappedFile
  public let metadata: [String: String]
  public let tensors: [String: TensorEntry]

  /// - Throws: ``StorageError/malformed(path:detail:)`` for anything the format forbids.
  public init(path: String) throws(StorageError) {
    file = try MappedFile(path: path)
    let header = try Self.header(of: file)
    metadata = header.fields.metadata
    tensors = try Self.entries(header.fields, dataStart: header.dataStart, file)
  }

  /// The entry of that name, which must have that format.
  public func entry(_ name: String, _ format: TensorFormat) throws(StorageError) -> TensorEntry {
    guard let entry = tensors[name] else {
      throw .missingTensor(path: file.path, name: name)
    }
    guard entry.format == format else {
      throw .tensorMismatch(
        path: file.path, name: name, expected: format.rawValue, found: entry.format.rawValue)
    }
    return entry
  }

  /// All elements of a tensor, copied.
  public func values<Value: StorableElement>(
    _ name: String, as: Value.Type = Value.self
  ) throws(StorageError) -> [Value] {
    let entry = try entry(name, Value.tensorFormat)
    return elements(at: entry.bytes)
  }

  /// Elements in a range of bytes that lies inside the file.
  public func elements<Value: StorableElement>(at range: Range<Int>) -> [Value] {
    let size = MemoryLayout<Value>.size
    return file.withBytes { bytes in
      precondition(range.lowerBound >= 0 && range.upperBound <= bytes.byteCount)
      let whole = range.lowerBound..<range.lowerBound + range.count / size * size
      return unsafe Array(unsafeUninitializedCapacity: whole.count / size) { buffer, count in
        unsafe bytes.extracting(whole).withUnsafeBytes { source in
          unsafe UnsafeMutableRawBufferPointer(buffer).copyMemory(from: source)
        }
        count = whole.count / size
      }
    }
  }

  private static func header(
    of file: MappedFile
  ) throws(StorageError) -> (fields: SafetensorsHeader, dataStart: Int) {
    let damaged = { (detail: String) in StorageError.malformed(path: file.path, detail: detail) }
    guard file.count >= 8 else { throw damaged("it is only \(file.count) bytes long") }
    let length: UInt64 = file.withBytes { bytes in
      unsafe bytes.unsafeLoadUnaligned(as: UInt64.self).littleEndian
    }
    guard length <= UInt64(largestHeader), Int(length) <= file.count - 8 else {
      throw damaged("its header claims \(length) bytes")
    }
    let json = file.withBytes { bytes in
      unsafe bytes.extracting(8..<8 + Int(length)).withUnsafeBytes { unsafe Data($0) }
    }
    do {
      return (try JSONDecoder().decode(SafetensorsHeader.self, from: json), 8 + Int(length))
    } catch {
      throw damaged("its header is not a safetensors header")
    }
  }

  private static func entries(
    _ header: SafetensorsHeader, dataStart: Int, _ file: MappedFile
  ) throws(StorageError) -> [String: TensorEntry] {
    var entries: [String: TensorEntry] = [:]
    for (name, raw) in header.tensors {
      guard let entry = entry(raw, dataStart: dataStart, fileCount: file.count) else {
        throw .malformed(path: file.path, detail: "tensor “\(name)” does not fit its bytes")
      }
      entries[name] = entry
    }
    var end = dataStart
    // An empty tensor starts where the next one does, and has to be looked at first.
    let ranges = entries.values.map(\.bytes).sorted {
      ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
    }
    for range in ranges {
      guard range.lowerBound >= end else {
        throw .malformed(path: file.path, detail: "tensors overlap")
      }
      end = range.upperBound
    }
    return entries
  }

  private static func entry(
    _ raw: SafetensorsHeader.Entry, dataStart: Int, fileCount: Int
  ) -> TensorEntry? {
    guard let format = TensorFormat(rawValue: raw.dtype), raw.data_offsets.count == 2,
      raw.shape.count <= 16
    else { return nil }
    let (first, last) = (raw.data_offsets[0], raw.data_offsets[1])
    guard first >= 0, first <= last, last <= fileCount - dataStart else { return nil }
    var size = format.byteCount
    for length in raw.shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: length)
      guard length >= 0, !overflow else { return nil }
      size = product
    }
    guard size == last - first else { return nil }
    return TensorEntry(
      format: format, shape: raw.shape, bytes: dataStart + first..<dataStart + last)
  }
}

/// Numbers that lie in a safetensors file as they lie in memory (little-endian machines).
public protocol StorableElement: BitwiseCopyable, Sendable {
  static var tensorFormat: TensorFormat { get }
}

extension Float: StorableElement { public static var tensorFormat: TensorFormat { .f32 } }
extension Double: StorableElement { public static var tensorFormat: TensorFormat { .f64 } }
extension Int32: StorableElement { public static var tensorFormat: TensorFormat { .i32 } }
extension Int64: StorableElement { public static var tensorFormat: TensorFormat { .i64 } }
extension UInt64: StorableElement { public static var tensorFormat: TensorFormat { .u64 } }
extension UInt8: StorableElement { public static var tensorFormat: TensorFormat { .u8 } }
