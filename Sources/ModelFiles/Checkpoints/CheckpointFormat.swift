import Storage

/// Kinds of file that hold weights without a graph.
public enum CheckpointFormat: String, Hashable, Sendable, Codable {
  case torch = "PyTorch"
  case torchLegacy = "PyTorch (before 1.6)"
  case torchScript = "TorchScript"
  case safetensors
  case safetensorsIndex = "safetensors, sharded"
  case npz = "NumPy npz"
  case npy = "NumPy npy"

  /// What the first bytes say; nil for what holds no weights of a kind read here.
  ///
  /// A zip archive counts as PyTorch's or NumPy's by what is inside.
  static func recognise(_ file: MappedFile) -> CheckpointFormat? {
    let head = file.withSpan { bytes in (0..<min(bytes.count, 4096)).map { bytes[$0] } }
    if head.starts(with: Array("PK\u{3}\u{4}".utf8)) {
      let text = String(decoding: head, as: UTF8.self)
      return text.contains(".npy") ? .npz : .torch
    }
    if TorchFile.isLegacy(head) { return .torchLegacy }
    if head.starts(with: [0x93] + Array("NUMPY".utf8)) { return .npy }
    if head.count > 8, head[8] == UInt8(ascii: "{"),
      head.span.littleEndian64(0) < UInt64(file.count)
    {
      return .safetensors
    }
    let isJSON = head.first { !" \n\r\t".utf8.contains($0) } == UInt8(ascii: "{")
    return isJSON && file.path.hasSuffix(".json") ? .safetensorsIndex : nil
  }
}
