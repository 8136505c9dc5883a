import Networks
import Tensors
import Testing

@testable import ModelFiles

@Suite struct FlowTracerTests {
  /// Where channel `c` of the source arrives, by writing all routes out.
  private func inputs(_ edge: LayerEdge?) -> [Int: [Int]] {
    var result: [Int: [Int]] = [:]
    for route in edge?.routes ?? [] {
      for i in 0..<route.count {
        let positions = (0..<route.spatialCount).map {
          route.targetStart + i * route.targetStep + $0 * route.positionStep
        }
        result[route.sourceStart + i * route.sourceStep, default: []] += positions
      }
    }
    return result
  }

  @Test func `branches arrive where concatenation puts them, flattened`() throws {
    let network = try OnnxBuilder.small().open().network
    #expect(inputs(network.edge("left", "fc"))[1] == Array(16..<32))
    #expect(inputs(network.edge("right", "fc"))[0] == Array(32..<48))
    #expect(inputs(network.edge("stem", "fc"))[3] == Array(48..<64))
    #expect(network.edge("right", "fc")?.through == ["Concat", "Add", "MaxPool", "Flatten"])
    #expect(network.edge("stem", "fc")?.through == ["Add", "MaxPool", "Flatten"])
    #expect(network.edge("stem", "left")?.through == [])
    #expect(network.edge("image", "stem")?.routes.count == 1)
    #expect(network.edge("fc", "scores") != nil)
    #expect(network.edges.count == 7)
  }

  @Test func `channels last are flattened position by position`() throws {
    var model = OnnxBuilder()
    model.input("x", ["n", 4, 4, 3])
    model.node("Transpose", ["x"], ["a"], ["perm": .ints([0, 3, 1, 2])])
    model.convolution("conv", from: "a", to: "b", 3, 5, kernel: 1)
    model.node("Transpose", ["b"], ["c"], ["perm": .ints([0, 2, 3, 1])])
    model.integers("shape", [2], [-1, 80])
    model.node("Reshape", ["c", "shape"], ["d"])
    model.dense("fc", from: "d", to: "y", 80, 2)
    model.output("y")
    let file = try model.open()
    let found = inputs(file.network.edge("conv", "fc"))
    #expect(found[2] == stride(from: 2, to: 80, by: 5).map { $0 })
    #expect(file.analysisInput.image?.layout == .nhwc)
    #expect(file.network.edge("x", "conv")?.routes.first?.count == 3)
    #expect(file.network.layer("conv")?.receptiveField == .pixel)
  }

  @Test(arguments: [(2, 6), (3, 6), (4, 112)])
  func `a channel shuffle is followed channel by channel`(groups: Int, channels: Int) throws {
    let size = channels / groups
    var model = OnnxBuilder()
    model.input("x", ["n", 3, 4, 4])
    model.convolution("before", from: "x", to: "a", 3, channels, kernel: 1)
    model.integers("split", [5], [0, groups, size, 4, 4])
    model.integers("joined", [4], [0, -1, 4, 4])
    model.node("Reshape", ["a", "split"], ["b"])
    model.node("Transpose", ["b"], ["c"], ["perm": .ints([0, 2, 1, 3, 4])])
    model.node("Reshape", ["c", "joined"], ["d"])
    model.convolution("after", from: "d", to: "y", channels, 2, kernel: 1)
    model.output("y")
    let network = try model.open().network
    let edge = network.edge("before", "after")
    let found = inputs(edge)
    for channel in 0..<channels {
      #expect(found[channel] == [channel % size * groups + channel / size])
    }
    #expect(edge?.routes.count == groups)
    #expect(network.layer("after")?.receptiveField == .pixel)
  }

  @Test func `slices, splits, pads and gathers move channels`() throws {
    var model = OnnxBuilder()
    model.input("x", ["n", 3, 4, 4])
    model.convolution("conv", from: "x", to: "a", 3, 6, kernel: 1)
    for (name, values) in [
      ("one", [1]), ("far", [Int.max]), ("two", [2]), ("pads", [0, 2, 0, 0, 0, 1, 0, 0]),
      ("picked", [5, 0]), ("sizes", [2, 4]),
    ] {
      model.integers(name, [values.count], values)
    }
    model.node("Slice", ["a", "one", "far", "one", "two"], ["sliced"])
    model.convolution("afterSlice", from: "sliced", to: "y1", 3, 2, kernel: 1)
    model.node("Split", ["a", "sizes"], ["head", "tail"], ["axis": .int(1)])
    model.convolution("afterSplit", from: "tail", to: "y2", 4, 2, kernel: 1)
    model.node("Pad", ["a", "pads"], ["padded"])
    model.convolution("afterPad", from: "padded", to: "y3", 9, 2, kernel: 1)
    model.node("Gather", ["a", "picked"], ["chosen"], ["axis": .int(1)])
    model.convolution("afterGather", from: "chosen", to: "y4", 2, 2, kernel: 1)
    for name in ["y1", "y2", "y3", "y4"] { model.output(name) }
    let network = try model.open().network
    #expect(inputs(network.edge("conv", "afterSlice")) == [1: [0], 3: [1], 5: [2]])
    #expect(inputs(network.edge("conv", "afterSplit")) == [2: [0], 3: [1], 4: [2], 5: [3]])
    #expect(inputs(network.edge("conv", "afterPad"))[5] == [7])
    #expect(inputs(network.edge("conv", "afterGather")) == [5: [0], 0: [1]])
  }

  @Test func `a gate joins both sources and leaves the receptive field alone`() throws {
    var model = OnnxBuilder()
    model.input("x", ["n", 3, 8, 8])
    model.convolution("conv", from: "x", to: "a", 3, 4)
    model.node("GlobalAveragePool", ["a"], ["b"])
    model.convolution("gate", from: "b", to: "c", 4, 4, kernel: 1)
    model.node("Sigmoid", ["c"], ["d"])
    model.node("Mul", ["a", "d"], ["e"])
    model.convolution("last", from: "e", to: "y", 4, 2)
    model.output("y")
    let network = try model.open().network
    #expect(network.edge("conv", "last")?.routes.first?.count == 4)
    #expect(network.edge("gate", "last")?.routes.first?.count == 4)
    #expect(network.layer("gate")?.activation == "Sigmoid")
    #expect(network.layer("gate")?.receptiveField == nil)
    #expect(network.layer("last")?.receptiveField?.size == [5, 5])
  }

  @Test func `what is unknown is said and not guessed`() throws {
    var model = OnnxBuilder()
    model.input("x", ["n", 3, 8, 8])
    model.convolution("first", from: "x", to: "a", 3, 4)
    model.node("Fancy", ["a"], ["b"], domain: "com.example")
    model.convolution("second", from: "b", to: "y", 4, 2)
    model.output("y")
    let network = try model.open().network
    #expect(network.edge("first", "second")?.routes == [])
    #expect(network.edge("first", "second")?.through == ["Fancy"])
    #expect(network.layer("second")?.receptiveField == nil)
    #expect(network.layer("second")?.outputShape?.description == "?×2×?×?")
    #expect(network.notes.contains { $0.contains("Fancy (com.example)") })
  }

  @Test func `a shortcut of slices and pads lines up with the convolution beside it`() throws {
    var model = OnnxBuilder()
    model.input("x", ["n", 3, 8, 8])
    model.convolution("stem", from: "x", to: "a", 3, 4)
    model.convolution("down", from: "a", to: "b", 4, 8, stride: 2)
    for (name, values) in [
      ("zero", [0, 0]), ("far", [Int.max, Int.max]), ("axes", [2, 3]), ("two", [2, 2]),
      ("pads", [0, 2, 0, 0, 0, 2, 0, 0]),
    ] {
      model.integers(name, [values.count], values)
    }
    model.node("Slice", ["a", "zero", "far", "axes", "two"], ["c"])
    model.node("Pad", ["c", "pads"], ["d"])
    model.node("Add", ["b", "d"], ["e"])
    model.convolution("next", from: "e", to: "y", 8, 2)
    model.output("y")
    let network = try model.open().network
    #expect(inputs(network.edge("stem", "next")) == [0: [2], 1: [3], 2: [4], 3: [5]])
    let field = network.layer("next")?.receptiveField
    #expect(field == ReceptiveField(size: [9, 9], jump: [2, 2], start: [-4, -4]))
  }

  @Test func `attention mixes, so its channels are not followed`() throws {
    var model = OnnxBuilder()
    model.input("x", ["n", 3, 4, 4])
    model.convolution("conv", from: "x", to: "a", 3, 4, kernel: 1)
    model.node("MatMul", ["a", "a"], ["b"])
    model.convolution("next", from: "b", to: "y", 4, 2, kernel: 1)
    model.output("y")
    let network = try model.open().network
    #expect(network.edge("conv", "next")?.routes == [])
  }
}
