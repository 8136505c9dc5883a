/// ONNX files of a few bytes, written field by field, to plant what real exporters seldom make.
enum TinyModel {
  /// One 3×3 convolution with `channels` outputs over a 3×8×8 image; a map, not class scores.
  static func convolution(channels: Int = 4) -> [UInt8] {
    model(
      nodes: [node("Conv", ["image", "weight"], ["map"])],
      weights: [tensor("weight", [channels, 3, 3, 3])],
      inputs: [port("image", [nil, 3, 8, 8])], outputs: [port("map", [nil, channels, 6, 6])])
  }

  /// Convolution, global average, dense layer: class scores of `classes` classes.
  static func classifier(classes: Int) -> [UInt8] {
    model(
      nodes: [
        node("Conv", ["image", "weight"], ["map"]), node("Relu", ["map"], ["active"]),
        node("GlobalAveragePool", ["active"], ["pooled"]),
        node("Flatten", ["pooled"], ["features"]),
        node("MatMul", ["features", "dense"], ["scores"]),
      ],
      weights: [tensor("weight", [4, 3, 3, 3]), tensor("dense", [4, classes])],
      inputs: [port("image", [nil, 3, 8, 8])], outputs: [port("scores", [nil, classes])])
  }

  /// An operator that no engine knows.
  static func unknownOperator() -> [UInt8] {
    model(
      nodes: [
        node("Conv", ["image", "weight"], ["map"]), node("Frobnicate", ["map"], ["scores"]),
      ],
      weights: [tensor("weight", [4, 3, 3, 3])],
      inputs: [port("image", [nil, 3, 8, 8])], outputs: [port("scores", [nil, 4])])
  }

  /// Two images in, their sum's convolution out.
  static func twoInputs() -> [UInt8] {
    model(
      nodes: [
        node("Add", ["left", "right"], ["sum"]), node("Conv", ["sum", "weight"], ["map"]),
      ],
      weights: [tensor("weight", [4, 3, 3, 3])],
      inputs: [port("left", [nil, 3, 8, 8]), port("right", [nil, 3, 8, 8])],
      outputs: [port("map", [nil, 4, 6, 6])])
  }
}

extension TinyModel {
  private static func model(
    nodes: [[UInt8]], weights: [[UInt8]], inputs: [[UInt8]], outputs: [[UInt8]]
  ) -> [UInt8] {
    let graph =
      nodes.flatMap { field(1, $0) } + field(2, text("tiny"))
      + weights.flatMap { field(5, $0) } + inputs.flatMap { field(11, $0) }
      + outputs.flatMap { field(12, $0) }
    return field(1, 8) + field(7, graph) + field(8, field(1, text("")) + field(2, 13))
  }

  private static func node(_ kind: String, _ inputs: [String], _ outputs: [String]) -> [UInt8] {
    inputs.flatMap { field(1, text($0)) } + outputs.flatMap { field(2, text($0)) }
      + field(3, text(kind.lowercased())) + field(4, text(kind))
  }

  /// Small numbers that differ from one another.
  private static func tensor(_ name: String, _ shape: [Int]) -> [UInt8] {
    let count = shape.reduce(1, *)
    let values = (0..<count).map { Float(($0 * 37) % 19 - 9) / 32 }
    let bytes = values.flatMap { value in
      (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt32($0))) }
    }
    return shape.flatMap { field(1, $0) } + field(2, 1) + field(8, text(name)) + field(9, bytes)
  }

  private static func port(_ name: String, _ shape: [Int?]) -> [UInt8] {
    let axes = shape.flatMap { length in
      field(1, length.map { field(1, $0) } ?? field(2, text("batch")))
    }
    return field(1, text(name)) + field(2, field(1, field(1, 1) + field(2, axes)))
  }

  private static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

  private static func field(_ number: Int, _ value: Int) -> [UInt8] {
    varint(number << 3) + varint(value)
  }

  private static func field(_ number: Int, _ bytes: [UInt8]) -> [UInt8] {
    varint(number << 3 | 2) + varint(bytes.count) + bytes
  }

  private static func varint(_ value: Int) -> [UInt8] {
    value < 128 ? [UInt8(value)] : [UInt8(value & 127 | 128)] + varint(value >> 7)
  }
}
