import FoundationEssentials

/// Element types of the safetensors format that convscope reads and writes.
public enum TensorFormat: String, Hashable, Sendable, Codable {
  case f64 = "F64"
  case f32 = "F32"
  case f16 = "F16"
  case bf16 = "BF16"
  case i64 = "I64"
  case i32 = "I32"
  case i16 = "I16"
  case i8 = "I8"
  case u64 = "U64"
  case u32 = "U32"
  case u16 = "U16"
  case u8 = "U8"
  case bool = "BOOL"

  /// Bytes of one element.
  public var byteCount: Int {
    switch self {
    case .f64, .i64, .u64: 8
    case .f32, .i32, .u32: 4
    case .f16, .bf16, .i16, .u16: 2
    case .i8, .u8, .bool: 1
    }
  }
}

/// Where a tensor lies in a safetensors file.
public struct TensorEntry: Hashable, Sendable {
  public var format: TensorFormat
  public var shape: [Int]
  /// Bytes of the file, from its start.
  public var bytes: Range<Int>

  /// Product of the shape.
  public var elementCount: Int { bytes.count / format.byteCount }
}

/// The JSON header of a safetensors file, as the format's README defines it
/// (github.com/huggingface/safetensors).
struct SafetensorsHeader: Decodable {
  struct Entry: Decodable {
    var dtype: String
    var shape: [Int]
    var data_offsets: [Int]
  }

  var metadata: [String: String] = [:]
  var tensors: [String: Entry] = [:]

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    for key in container.allKeys {
      if key.stringValue == "__metadata__" {
        metadata = try container.decode([String: String].self, forKey: key)
      } else {
        tensors[key.stringValue] = try container.decode(Entry.self, forKey: key)
      }
    }
  }
}
