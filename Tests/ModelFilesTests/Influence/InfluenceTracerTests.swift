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

  @Test func `a maximum pool behind a sum passes what it takes of it`() throws {
    let model = try OnnxBuilder.small().open()
    let pick = InfluencePath.Step.pick(
      tensor: "i", PoolWindow(size: [2, 2], strides: [2, 2], positions: [4, 4]))
    let near = try #require(try path("left", "fc", in: model))
    #expect(near.tensor == "h" && near.steps == [pick] && near.basis == .ownPart)
    let far = try #require(try path("stem", "fc", in: model))
    #expect(far.tensor == "c" && far.steps == [pick] && far.reading == .units)
  }

  @Test func `an average pool behind a sum takes means, with padding or without`() throws {
    for countsPadding in [false, true] {
      var model = OnnxBuilder()
      model.input("image", ["batch", 3, 8, 8])
      model.convolution("stem", from: "image", to: "a", 3, 2)
      model.convolution("first", from: "a", to: "b", 2, 2)
      model.node("Add", ["a", "b"], ["c"])
      model.node(
        "AveragePool", ["c"], ["d"],
        [
          "kernel_shape": .ints([3, 3]), "strides": .ints([2, 2]), "pads": .ints([1, 1, 1, 1]),
          "count_include_pad": .int(countsPadding ? 1 : 0),
        ])
      model.convolution("last", from: "d", to: "e", 2, 2)
      model.output("e")
      let window = PoolWindow(
        size: [3, 3], strides: [2, 2], padsBefore: [1, 1], positions: [4, 4])
      #expect(
        try path("stem", "last", in: model.open())?.steps
          == [.mean(window, countsPadding: countsPadding)])
    }
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

  /// A stem whose maps are multiplied with a gate of these lengths.
  private func gated(_ squash: String?, perChannel: Bool) throws -> ModelFile {
    var model = OnnxBuilder()
    model.input("image", ["batch", 3, 8, 8])
    model.convolution("stem", from: "image", to: "a", 3, 2)
    if perChannel { model.node("GlobalAveragePool", ["a"], ["mean"]) }
    model.convolution("weigh", from: perChannel ? "mean" : "a", to: "w", 2, 2, kernel: 1)
    model.node(squash ?? "Relu", ["w"], ["gate"])
    model.node("Mul", ["gate", "a"], ["c"])
    model.convolution("last", from: "c", to: "d", 2, 2)
    model.output("d")
    return try model.open()
  }

  @Test(arguments: ["Sigmoid", "HardSigmoid", nil], [false, true])
  func `a gate weighs what it is multiplied with`(squash: String?, perChannel: Bool) throws {
    let model = try gated(squash, perChannel: perChannel)
    let found = try path("stem", "last", in: model)
    guard squash != nil || perChannel else {
      #expect(found == nil)
      return
    }
    #expect(found?.tensor == "a" && found?.steps == [.multiply(tensor: "gate")])
    #expect(found?.basis == .ownPart)
    #expect(try path("weigh", "last", in: model) == nil)
  }
}
