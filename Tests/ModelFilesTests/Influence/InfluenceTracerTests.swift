import Networks
import Testing

@testable import ModelFiles

@Suite struct InfluenceTracerTests {
  private func path(
    _ source: String, _ target: String, in model: ModelFile
  ) throws -> InfluencePath? {
    let (from, to) = (
      try #require(model.network.layer(source)).id, try #require(model.network.layer(target)).id
    )
    let edge = try #require(
      model.network.edges.first { $0.source == .layer(from) && $0.target == .layer(to) })
    return try model.influencePaths(of: [edge])[0]
  }

  @Test func `a source that is alone is seen in the input itself`() throws {
    let model = try OnnxBuilder.small().open()
    let found = try #require(try path("stem", "left", in: model))
    #expect(found.basis == .input && found.tensor == "c" && found.steps.isEmpty)
    #expect(found.reading == .moving && found.channelAxis == 1)
  }

  @Test func `a pool behind a sum cannot be told apart`() throws {
    let model = try OnnxBuilder.small().open()
    #expect(try path("left", "fc", in: model) == nil)
    #expect(try path("stem", "fc", in: model) == nil)
  }

  /// A stem, two residual blocks, the second with fewer positions and more channels, and a
  /// classifier on their mean.
  private func residual() -> OnnxBuilder {
    var model = OnnxBuilder()
    model.input("image", ["batch", 3, 8, 8])
    model.convolution("stem", from: "image", to: "s", 3, 4)
    model.node("Relu", ["s"], ["a"])
    model.convolution("first", from: "a", to: "b", 4, 4)
    model.node("Add", ["b", "a"], ["c"])
    model.node("Relu", ["c"], ["d"])
    model.convolution("second", from: "d", to: "e", 4, 6, stride: 2)
    model.integers("from", [2], [0, 0])
    model.integers("to", [2], [8, 8])
    model.integers("axes", [2], [2, 3])
    model.integers("by", [2], [2, 2])
    model.node("Slice", ["d", "from", "to", "axes", "by"], ["f"])
    model.integers("pads", [8], [0, 1, 0, 0, 0, 1, 0, 0])
    model.node("Pad", ["f", "pads"], ["g"])
    model.node("Add", ["e", "g"], ["h"])
    model.node("Relu", ["h"], ["i"])
    model.convolution("third", from: "i", to: "j", 6, 2)
    model.node("GlobalAveragePool", ["i"], ["k"])
    model.node("Flatten", ["k"], ["l"])
    model.dense("fc", from: "l", to: "scores", 6, 5)
    model.output("scores", ["batch", 5])
    model.output("j")
    return model
  }

  @Test func `what was added is followed through gates, cuts and means`() throws {
    let model = try residual().open()
    let near = try #require(try path("first", "second", in: model))
    #expect(near.basis == .ownPart && near.tensor == "b" && near.steps == [.gate(tensor: "d")])
    let cut: [InfluencePath.Step] = [
      .gate(tensor: "d"), .select(axis: 0, indices: [0, 2, 4, 6]),
      .select(axis: 1, indices: [0, 2, 4, 6]), .widen(before: 1, after: 1), .gate(tensor: "i"),
    ]
    let far = try #require(try path("stem", "third", in: model))
    #expect(far.tensor == "a" && far.steps == cut && far.basis == .ownPart)
    #expect(far.routes.map(\.targetStart) == [1])
    let last = try #require(try path("first", "fc", in: model))
    #expect(last.tensor == "b" && last.steps == cut + [.average] && last.reading == .units)
  }

  @Test func `batch normalisation behind a sum scales each addend`() throws {
    var model = OnnxBuilder()
    model.input("image", ["batch", 3, 8, 8])
    model.convolution("stem", from: "image", to: "a", 3, 2)
    model.convolution("first", from: "a", to: "b", 2, 2)
    model.node("Add", ["b", "a"], ["c"])
    for (name, values) in [("g", [2, 3]), ("s", [1, 1]), ("m", [0, 0]), ("v", [4, 9])]
      as [(String, [Float])]
    {
      model.weight(name, [2], values)
    }
    model.node("BatchNormalization", ["c", "g", "s", "m", "v"], ["d"], ["epsilon": .float(0)])
    model.node("Relu", ["d"], ["e"])
    model.convolution("last", from: "e", to: "f", 2, 2)
    model.output("f")
    let found = try #require(try path("stem", "last", in: model.open()))
    #expect(found.steps == [.scale([1, 1]), .gate(tensor: "e")])
  }

  @Test func `a product of two sources cannot be told apart`() throws {
    var model = OnnxBuilder()
    model.input("image", ["batch", 3, 8, 8])
    model.convolution("stem", from: "image", to: "a", 3, 2)
    model.convolution("gate", from: "image", to: "b", 3, 2)
    model.node("Mul", ["a", "b"], ["c"])
    model.convolution("last", from: "c", to: "d", 2, 2)
    model.output("d")
    #expect(try path("stem", "last", in: model.open()) == nil)
  }
}
