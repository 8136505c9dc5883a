import Networks

/// PyTorch's names of number formats.
enum TorchTypes {
  private static let storages: [String: ElementType] = [
    "DoubleStorage": .float64, "FloatStorage": .float32, "HalfStorage": .float16,
    "BFloat16Storage": .bfloat16, "LongStorage": .int64, "IntStorage": .int32,
    "ShortStorage": .int16, "CharStorage": .int8, "ByteStorage": .uint8, "BoolStorage": .bool,
    "UntypedStorage": .uint8,
  ]

  private static let formats: [String: ElementType] = [
    "float64": .float64, "double": .float64, "float32": .float32, "float": .float32,
    "float16": .float16, "half": .float16, "bfloat16": .bfloat16, "int64": .int64, "long": .int64,
    "int32": .int32, "int": .int32, "int16": .int16, "short": .int16, "int8": .int8,
    "uint8": .uint8, "uint16": .uint16, "uint32": .uint32, "uint64": .uint64, "bool": .bool,
  ]

  /// Of a storage class such as `torch.FloatStorage`.
  static func element(ofStorage name: String) -> ElementType {
    storages[lastPart(name)] ?? .other
  }

  /// Of a dtype such as `torch.float16`.
  static func element(ofFormat name: String) -> ElementType {
    name.hasPrefix("torch.") ? formats[lastPart(name)] ?? .other : .other
  }

  private static func lastPart(_ name: String) -> String {
    name.split(separator: ".").last.map(String.init) ?? name
  }
}
