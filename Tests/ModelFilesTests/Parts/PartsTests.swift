import Networks
import Testing

@testable import ModelFiles

/// Models cut behind layers, read back by our own reader.
@Suite struct PartsTests {
  private func read(_ part: NetworkPart) throws -> ONNXModel { try ONNXModel(part.bytes.span) }

  private func kinds(_ part: NetworkPart) throws -> [String] {
    try read(part).graph.nodes.map(\.operatorName)
  }

  @Test func `what a layer feeds comes after it, everything else before`() throws {
    let model = try OnnxBuilder.small().open()
    let left = try #require(model.network.layer("left"))
    let parts = try model.parts(cutAfter: [left.id])
    #expect(parts.seams == ["e"] && parts.scores == "scores" && !parts.holdsProbabilities)
    #expect(
      try kinds(parts.parts[0]) == [
        "Conv", "BatchNormalization", "Relu", "Conv", "Relu", "Conv", "Relu",
      ])
    #expect(try kinds(parts.parts[1]) == ["Concat", "Add", "MaxPool", "Flatten", "Gemm"])
    #expect(parts.parts[0].inputs == ["image"] && parts.parts[0].outputs == ["c", "e", "g"])
    #expect(parts.parts[1].inputs == ["e", "g", "c"] && parts.parts[1].outputs == ["scores"])
    let last = try read(parts.parts[1])
    #expect(last.graph.initializers.map(\.name) == ["fc.weight"])
    #expect(last.graph.inputs.map(\.name) == ["e", "g", "c"])
    #expect(last.graph.inputs[2].shape == [.symbolic("batch"), .fixed(4), .fixed(8), .fixed(8)])
    #expect(last.opset == 17)
  }

  @Test func `several cuts make several parts, every weight in one of them`() throws {
    let model = try OnnxBuilder.small().open()
    let names = ["stem", "left", "right"]
    let layers = try names.map { try #require(model.network.layer($0)).id }
    let parts = try model.parts(cutAfter: layers)
    let weights = try parts.parts.map { try read($0).graph.initializers.map(\.name) }
    #expect(parts.parts.count == 4 && parts.seams == ["c", "e", "g"])
    #expect(weights[0].count == 5 && weights[3] == ["fc.weight"])
    #expect(weights[1].sorted() == ["left.weight", "right.weight"] && weights[2] == [])
  }

  @Test func `constants go to every part that reads them`() throws {
    var model = OnnxBuilder()
    model.input("image", ["N", 3, 4, 4])
    model.convolution("a", from: "image", to: "b", 3, 4)
    model.node("Constant", [], ["half"], ["value": .tensor([1], [0.5])])
    model.node("Mul", ["b", "half"], ["c"])
    model.convolution("d", from: "c", to: "e", 4, 4)
    model.node("MaxPool", ["e"], ["p"], ["kernel_shape": .ints([1, 1])])
    model.node("Mul", ["p", "half"], ["f"])
    model.node("Flatten", ["f"], ["g"])
    model.dense("fc", from: "g", to: "scores", 64, 3)
    model.node("Softmax", ["scores"], ["shares"])
    model.output("shares", ["N", 3])
    let file = try model.open()
    let layer = try #require(file.network.layer("d"))
    let parts = try file.parts(cutAfter: [layer.id])
    #expect(try kinds(parts.parts[0]).contains("Constant"))
    let second = try kinds(parts.parts[1])
    #expect(second.filter { $0 != "Constant" } == ["MaxPool", "Mul", "Flatten", "Gemm"])
    let (constant, reader) = (second.firstIndex(of: "Constant"), second.firstIndex(of: "Mul"))
    #expect(try #require(constant) < #require(reader))
    #expect(parts.scores == "scores" && !parts.holdsProbabilities)
  }

  @Test func `the scores themselves cannot be cut off`() throws {
    let model = try OnnxBuilder.small().open()
    let last = try #require(model.network.layer("fc"))
    let error = #expect(throws: ModelFileError.self) { try model.parts(cutAfter: [last.id]) }
    #expect("\(try #require(error))".contains("nothing comes after them"))
  }
}
