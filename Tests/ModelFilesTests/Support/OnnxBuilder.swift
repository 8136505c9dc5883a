import Foundation

/// Writes protocol-buffer fields, for test files.
struct WireWriter {
  var bytes: [UInt8] = []

  mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func int(_ field: Int, _ value: Int) {
    varint(UInt64(field << 3))
    varint(UInt64(bitPattern: Int64(value)))
  }

  mutating func float(_ field: Int, _ value: Float) {
    varint(UInt64(field << 3 | 5))
    bytes += littleEndian(value.bitPattern)
  }

  mutating func data(_ field: Int, _ value: [UInt8]) {
    varint(UInt64(field << 3 | 2))
    varint(UInt64(value.count))
    bytes += value
  }

  mutating func text(_ field: Int, _ value: String) { data(field, Array(value.utf8)) }

  mutating func message(_ field: Int, _ write: (inout WireWriter) -> Void) {
    var inner = WireWriter()
    write(&inner)
    data(field, inner.bytes)
  }
}

/// Makes small ONNX files with known contents.
struct OnnxBuilder {
  enum Attribute {
    case int(Int), ints([Int]), float(Float), floats([Float]), text(String)
    /// A float tensor.
    case tensor([Int], [Float])
    /// An int64 tensor.
    case integers([Int], [Int])
  }

  var irVersion = 8
  var opset = 17
  private var nodes: [[UInt8]] = []
  private var tensors: [[UInt8]] = []
  private var inputs: [[UInt8]] = []
  private var outputs: [[UInt8]] = []
  private var infos: [[UInt8]] = []
  var metadata: [(String, String)] = []

  mutating func input(_ name: String, _ shape: [Any], type: Int = 1) {
    inputs.append(Self.info(name, shape, type))
  }

  mutating func output(_ name: String, _ shape: [Any] = [], type: Int = 1) {
    outputs.append(Self.info(name, shape, type))
  }

  mutating func valueInfo(_ name: String, _ shape: [Any], type: Int = 1) {
    infos.append(Self.info(name, shape, type))
  }

  /// A shape's elements are lengths (`Int`) or names (`String`); empty means no shape.
  private static func info(_ name: String, _ shape: [Any], _ type: Int) -> [UInt8] {
    var writer = WireWriter()
    writer.text(1, name)
    writer.message(2) { kind in
      kind.message(1) { tensor in
        tensor.int(1, type)
        guard !shape.isEmpty else { return }
        tensor.message(2) { dimensions in
          for item in shape {
            dimensions.message(1) { dimension in
              if let length = item as? Int { dimension.int(1, length) }
              if let name = item as? String { dimension.text(2, name) }
            }
          }
        }
      }
    }
    return writer.bytes
  }

  mutating func weight(_ name: String, _ shape: [Int], _ values: [Float]) {
    raw(name, shape, type: 1, values.flatMap { littleEndian($0.bitPattern) })
  }

  mutating func integers(_ name: String, _ shape: [Int], _ values: [Int]) {
    raw(name, shape, type: 7, values.flatMap { littleEndian(UInt64(bitPattern: Int64($0))) })
  }

  mutating func raw(_ name: String, _ shape: [Int], type: Int, _ data: [UInt8]) {
    tensor(name, shape, type: type) { $0.data(9, data) }
  }

  /// A tensor whose numbers `write` puts into fields of its choice.
  mutating func tensor(
    _ name: String, _ shape: [Int], type: Int, _ write: (inout WireWriter) -> Void
  ) {
    var writer = WireWriter()
    for length in shape { writer.int(1, length) }
    writer.int(2, type)
    writer.text(8, name)
    write(&writer)
    tensors.append(writer.bytes)
  }

  mutating func node(
    _ kind: String, _ inputs: [String], _ outputs: [String], name: String = "",
    domain: String = "", _ attributes: [String: Attribute] = [:]
  ) {
    var writer = WireWriter()
    for input in inputs { writer.text(1, input) }
    for output in outputs { writer.text(2, output) }
    writer.text(3, name)
    writer.text(4, kind)
    for (key, value) in attributes.sorted(by: { $0.key < $1.key }) {
      writer.message(5) { Self.write(key, value, &$0) }
    }
    if !domain.isEmpty { writer.text(7, domain) }
    nodes.append(writer.bytes)
  }

  private static func write(_ key: String, _ value: Attribute, _ writer: inout WireWriter) {
    writer.text(1, key)
    switch value {
    case .int(let number): writer.int(3, number)
    case .ints(let numbers): for number in numbers { writer.int(8, number) }
    case .float(let number): writer.float(2, number)
    case .floats(let numbers): for number in numbers { writer.float(7, number) }
    case .text(let text): writer.text(4, text)
    case .tensor(let shape, let values):
      writer.message(5) { tensor in
        for length in shape { tensor.int(1, length) }
        tensor.int(2, 1)
        for value in values { tensor.float(4, value) }
      }
    case .integers(let shape, let values):
      writer.message(5) { tensor in
        for length in shape { tensor.int(1, length) }
        tensor.int(2, 7)
        for value in values { tensor.int(7, value) }
      }
    }
  }

  var bytes: [UInt8] {
    var model = WireWriter()
    model.int(1, irVersion)
    model.text(2, "tests")
    model.message(7) { graph in
      for node in nodes { graph.data(1, node) }
      for tensor in tensors { graph.data(5, tensor) }
      for input in inputs { graph.data(11, input) }
      for output in outputs { graph.data(12, output) }
      for info in infos { graph.data(13, info) }
    }
    model.message(8) { $0.int(2, opset) }
    for (key, value) in metadata {
      model.message(14) {
        $0.text(1, key)
        $0.text(2, value)
      }
    }
    return model.bytes
  }
}

func littleEndian<Number: FixedWidthInteger>(_ value: Number) -> [UInt8] {
  (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> Number($0 * 8)) }
}

/// A folder of its own that goes when the test ends.
final class TemporaryFolder {
  let path: String

  init() throws {
    let place = FileManager.default.temporaryDirectory
      .appendingPathComponent("convscope-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    path = place.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = path + "/" + name
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }
}
