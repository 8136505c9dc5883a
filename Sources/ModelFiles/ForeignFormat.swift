import Storage

/// Throws when the file is plainly of another kind than ONNX, saying which.
func refuseForeignFormat(_ file: MappedFile) throws(ModelFileError) {
  guard file.count > 0 else { throw .empty(path: file.path) }
  let head = file.withSpan { bytes in (0..<min(bytes.count, 4096)).map { bytes[$0] } }
  if let found = ForeignFormat.recognise(head, fileByteCount: file.count) {
    throw .foreignFormat(path: file.path, kind: found.kind, advice: found.advice)
  }
}

/// Kinds of file that people name `.onnx` or try in its place.
enum ForeignFormat {
  private static let weightsAlone =
    "`convscope info` shows its weights; give the network's ONNX file with --graph to run it"
  private static let exportAgain =
    "export the network with torch.onnx.export, tf2onnx or your framework's exporter"

  /// What the first bytes say; nil for ONNX and for what is not known.
  static func recognise(_ head: [UInt8], fileByteCount: Int) -> (kind: String, advice: String)? {
    let starts = { (text: String) in head.starts(with: Array(text.utf8)) }
    if starts("version https://git-lfs") {
      return ("a Git LFS pointer", "fetch the real file with “git lfs pull”")
    }
    if starts("PK\u{3}\u{4}") { return archive(head) }
    if head.starts(with: [0x80]), head.count > 1, (2...5).contains(head[1]) {
      return ("a Python pickle, such as an old PyTorch checkpoint", weightsAlone)
    }
    if head.starts(with: [0x89, 0x48, 0x44, 0x46]) {
      return ("an HDF5 file, such as a Keras model", exportAgain)
    }
    if head.dropFirst(4).starts(with: Array("TFL3".utf8)) {
      return ("a TensorFlow Lite model", "convert it with tf2onnx --tflite")
    }
    if head.dropFirst(4).starts(with: Array("ORTM".utf8)) {
      return ("a model in ONNX Runtime's own format", "use the .onnx file it was made from")
    }
    if head.starts(with: [0x1F, 0x8B]) { return ("a gzip file", "unpack it first") }
    if isSafetensors(head, fileByteCount) {
      return ("a safetensors file, which holds weights without a graph", weightsAlone)
    }
    if isSavedModel(head) {
      return ("a TensorFlow model", "convert it with tf2onnx")
    }
    return picture(head) ?? text(head)
  }

  private static func archive(_ head: [UInt8]) -> (kind: String, advice: String) {
    let text = String(decoding: head, as: UTF8.self)
    if text.contains("data.pkl") || text.contains("archive/") || text.contains(".data/") {
      return ("a PyTorch checkpoint", weightsAlone)
    }
    if text.contains("model.weights.h5") || text.contains("config.json") {
      return ("a Keras model", exportAgain)
    }
    return ("a zip file", "unpack it and name the .onnx file inside")
  }

  private static func isSafetensors(_ head: [UInt8], _ count: Int) -> Bool {
    guard head.count > 8, head[8] == UInt8(ascii: "{") else { return false }
    let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(head[$1]) << UInt64(8 * $1) }
    return length > 1 && length < UInt64(count)
  }

  /// A frozen graph begins with a node; a SavedModel with schema version 1 and a graph in field 2.
  private static func isSavedModel(_ head: [UInt8]) -> Bool {
    if head.starts(with: [0x0A]) { return isNodeDefinition(head) }
    return head.starts(with: [0x08, 0x01, 0x12]) && head.count > 64
      && String(decoding: head, as: UTF8.self).contains("serve")
  }

  private static func isNodeDefinition(_ head: [UInt8]) -> Bool {
    guard head.count > 8 else { return false }
    let text = String(decoding: head.prefix(512), as: UTF8.self)
    return text.contains("Placeholder") || text.contains("Const")
  }

  private static func picture(_ head: [UInt8]) -> (kind: String, advice: String)? {
    if head.starts(with: [0x89, 0x50, 0x4E, 0x47]) || head.starts(with: [0xFF, 0xD8, 0xFF]) {
      return ("an image", "name the model first and the images after --data")
    }
    if head.starts(with: [0x7F, 0x45, 0x4C, 0x46]) {
      return ("a program", "name the .onnx file")
    }
    return nil
  }

  private static func text(_ head: [UInt8]) -> (kind: String, advice: String)? {
    let isText = head.allSatisfy { $0 >= 32 || $0 == 9 || $0 == 10 || $0 == 13 }
    guard isText else { return nil }
    let start = String(decoding: head.prefix(256), as: UTF8.self).lowercased()
    if start.contains("<html") || start.contains("<!doctype") {
      return ("a web page", "download the file itself, not the page that shows it")
    }
    return ("a text file", "name the .onnx file")
  }
}
