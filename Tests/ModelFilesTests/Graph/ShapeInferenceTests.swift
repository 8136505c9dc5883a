import Networks
import Testing

@testable import ModelFiles

@Suite struct ShapeInferenceTests {
  /// The shape of `y` after one operator on `x` of shape `input`; `extra` are integer inputs.
  private func shape(
    _ kind: String, _ input: [Any], extra: [[Int]] = [], opset: Int = 17,
    _ attributes: [String: OnnxBuilder.Attribute] = [:]
  ) throws -> String? {
    var model = OnnxBuilder()
    model.opset = opset
    model.input("x", input)
    for (place, values) in extra.enumerated() {
      model.integers("e\(place)", [values.count], values)
    }
    model.node(kind, ["x"] + extra.indices.map { "e\($0)" }, ["y"], attributes)
    model.output("y")
    return try model.open().network.outputs[0].shape?.description
  }

  @Test(arguments: [
    (7, 3, 2, 0, 0, 3), (7, 2, 2, 0, 0, 3), (7, 2, 2, 0, 1, 4), (227, 3, 2, 0, 1, 113),
    (113, 3, 2, 0, 1, 56), (8, 3, 2, 1, 0, 4), (8, 3, 2, 1, 1, 5), (5, 2, 2, 1, 1, 3),
  ])
  func `pooled lengths`(
    length: Int, kernel: Int, stride: Int, pad: Int, ceil: Int, expected: Int
  ) throws {
    let found = try shape(
      "MaxPool", [1, 2, length, length],
      [
        "kernel_shape": .ints([kernel, kernel]), "strides": .ints([stride, stride]),
        "pads": .ints([pad, pad, pad, pad]), "ceil_mode": .int(ceil),
      ])
    #expect(found == "1×2×\(expected)×\(expected)")
  }

  @Test(arguments: [("SAME_UPPER", 4), ("SAME_LOWER", 4), ("VALID", 3)])
  func `automatic padding`(mode: String, expected: Int) throws {
    let found = try shape(
      "AveragePool", ["n", 2, 7, 7],
      ["kernel_shape": .ints([3, 3]), "strides": .ints([2, 2]), "auto_pad": .text(mode)])
    #expect(found == "n×2×\(expected)×\(expected)")
  }

  @Test func `reshapes`() throws {
    #expect(try shape("Reshape", ["n", 4, 3, 3], extra: [[0, -1]]) == "n×36")
    #expect(try shape("Reshape", ["n", 4, 3, 3], extra: [[-1, 36]]) == "n×36")
    #expect(try shape("Reshape", [2, 4, 3, 3], extra: [[-1, 12]]) == "6×12")
    #expect(
      try shape("Reshape", [2, 0, 3], extra: [[0, 0, 3]], ["allowzero": .int(1)]) == "0×0×3")
    #expect(try shape("Reshape", ["n", "h"], extra: [[-1, 7]]) == "?×7")
    #expect(try shape("Flatten", ["n", 4, 3, 3]) == "n×36")
    #expect(try shape("Flatten", [2, 3, 4], ["axis": .int(0)]) == "1×24")
    #expect(try shape("Flatten", [2, 3, 4], ["axis": .int(-1)]) == "6×4")
  }

  @Test func `axes come and go`() throws {
    #expect(try shape("Squeeze", ["n", 1, 3, 1], extra: [[-1, 1]]) == "n×3")
    #expect(try shape("Squeeze", [2, 1, 3, 1]) == "2×3")
    #expect(try shape("Squeeze", ["n", 1, 3], opset: 11, ["axes": .ints([1])]) == "n×3")
    #expect(try shape("Unsqueeze", ["n", 3], extra: [[0, -1]]) == "1×n×3×1")
    #expect(try shape("Transpose", ["n", 2, 3]) == "3×2×n")
    #expect(try shape("ReduceMean", ["n", 4, 3, 3], ["axes": .ints([2, 3])]) == "n×4×1×1")
    #expect(
      try shape("ReduceMean", ["n", 4, 3, 3], extra: [[-1, -2]], ["keepdims": .int(0)]) == "n×4")
    #expect(try shape("ArgMax", ["n", 10], ["axis": .int(1), "keepdims": .int(0)]) == "n")
  }

  @Test func `cuts and pads`() throws {
    let far = Int.max
    #expect(
      try shape("Slice", ["n", 8, 8], extra: [[1, 0], [far, far], [1, 2], [2, 3]]) == "n×4×3")
    #expect(try shape("Slice", [10], extra: [[-1], [Int.min], [0], [-1]]) == "10")
    #expect(try shape("Slice", [10], extra: [[8], [2], [0], [-2]]) == "3")
    #expect(try shape("Slice", [10], opset: 9, ["starts": .ints([2]), "ends": .ints([-2])]) == "6")
    #expect(try shape("Pad", ["n", 3, 4, 4], extra: [[0, 0, 1, 2, 0, 0, 1, 2]]) == "n×3×6×8")
    #expect(try shape("Pad", [2, 3], opset: 10, ["pads": .ints([0, 1, 0, 1])]) == "2×5")
    #expect(try shape("Split", [2, 7], extra: [[3, 4]], ["axis": .int(1)]) == "2×?")
    #expect(try shape("Gather", ["n", 7, 3], extra: [[0, 2]], ["axis": .int(1)]) == "n×2×3")
    #expect(try shape("Tile", [2, 3], extra: [[1, 4]]) == "2×12")
    #expect(try shape("Expand", [1, 3], extra: [[4, 2, 1]]) == "4×2×3")
  }

  @Test func `sizes grow and shrink`() throws {
    #expect(try shape("GlobalAveragePool", ["n", 4, "h", "w"]) == "n×4×1×1")
    #expect(try shape("DepthToSpace", [1, 8, 2, 3], ["blocksize": .int(2)]) == "1×2×4×6")
    #expect(try shape("SpaceToDepth", [1, 2, 4, 6], ["blocksize": .int(2)]) == "1×8×2×3")
    #expect(
      try shape("Upsample", [1, 2, 4, 6], opset: 8, ["scales": .floats([1, 1, 2, 1.5])])
        == "1×2×8×9")
  }

  @Test func `a class token spread over a free batch keeps its shape`() throws {
    var model = OnnxBuilder()
    model.input("x", ["n", 49, 8])
    model.input("token", [1, 1, 8])
    model.integers("zero", [1], [0])
    model.integers("rest", [2], [-1, -1])
    model.integers("minus", [1], [-1])
    model.integers("ones", [3], [1, 1, 1])
    model.node("Shape", ["x"], ["s"])
    model.node("Gather", ["s", "zero"], ["b"])
    model.node("Concat", ["b", "rest"], ["wanted"], ["axis": .int(0)])
    model.node("Mul", ["ones", "minus"], ["none"])
    model.node("Equal", ["wanted", "none"], ["isFree"])
    model.node("Where", ["isFree", "ones", "wanted"], ["target"])
    model.node("Expand", ["token", "target"], ["tokens"])
    model.node("Concat", ["tokens", "x"], ["y"], ["axis": .int(1)])
    model.output("y")
    let network = try model.open().network
    #expect(network.outputs[0].shape?.description == "n×50×8")
    #expect(!network.notes.contains { $0.contains("Shape") })
  }

  @Test func `shapes written as arithmetic on shapes are followed`() throws {
    var model = OnnxBuilder()
    model.input("x", ["n", 4, 3, 3])
    model.integers("zero", [], [0])
    model.integers("axes", [1], [0])
    model.integers("rest", [1], [-1])
    model.node("Shape", ["x"], ["s"])
    model.node("Gather", ["s", "zero"], ["b"])
    model.node("Unsqueeze", ["b", "axes"], ["c"])
    model.node("Concat", ["c", "rest"], ["d"], ["axis": .int(0)])
    model.node("Reshape", ["x", "d"], ["y"])
    model.output("y")
    let network = try model.open().network
    #expect(network.outputs[0].shape?.description == "n×36")
    #expect(network.operatorCounts.map(\.name) == ["Reshape"])
  }

  @Test func `what the file says fills what cannot be inferred`() throws {
    var model = OnnxBuilder()
    model.input("x", ["n", 3])
    model.node("Fancy", ["x"], ["a"], domain: "com.example")
    model.valueInfo("a", ["n", 7])
    model.node("Relu", ["a"], ["y"])
    model.output("y")
    #expect(try model.open().network.outputs[0].shape?.description == "n×7")
  }

  @Test func `broadcasting stretches ones and keeps names`() throws {
    var model = OnnxBuilder()
    model.input("x", ["n", 1, 5])
    model.input("z", [4, 1])
    model.node("Add", ["x", "z"], ["y"])
    model.output("y")
    #expect(try model.open().network.outputs[0].shape?.description == "n×4×5")
  }
}
