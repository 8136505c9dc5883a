import Networks
import Testing

@testable import ModelFiles

@Suite struct BlockFinderTests {
  /// Layers of `names` in a chain with residual sums around each range of `sums`.
  private func chain(_ names: [String], sums: [Range<Int>]) throws -> Network {
    var model = OnnxBuilder()
    model.input("x", ["n", 4, 8, 8])
    var tensor = "x"
    var starts: [Int: String] = [:]
    for (place, name) in names.enumerated() {
      starts[place] = tensor
      model.convolution(name, from: tensor, to: "c\(place)", 4, 4)
      tensor = "c\(place)"
      if let sum = sums.first(where: { $0.upperBound == place + 1 }) {
        model.node("Add", [tensor, starts[sum.lowerBound] ?? "x"], ["s\(place)"])
        tensor = "s\(place)"
      }
    }
    model.output(tensor)
    return try model.open().network
  }

  private func blocks(_ network: Network) -> [[String]] {
    network.stages.flatMap(\.blocks).map { $0.layers.map { network[$0].name } }
  }

  @Test func `residual blocks are found without names`() throws {
    let network = try chain(["a", "b", "c", "d", "e"], sums: [1..<3, 3..<5])
    #expect(blocks(network) == [["a"], ["b", "c"], ["d", "e"]])
    #expect(network.stages.flatMap(\.blocks).map(\.name) == ["a", "block 1", "block 2"])
  }

  @Test func `names group what the graph does not`() throws {
    let network = try chain(
      ["stem", "layer1.0.conv1", "layer1.0.conv2", "layer1.1.conv1", "layer1.1.conv2"], sums: [])
    #expect(network.stages.map(\.name) == ["stem", "layer1"])
    #expect(network.stages[1].blocks.map(\.name) == ["layer1.0", "layer1.1"])
  }

  @Test func `plain layers stay alone`() throws {
    let network = try chain(["features.0", "features.2", "features.4"], sums: [])
    #expect(blocks(network).map(\.count) == [1, 1, 1])
  }

  @Test func `a change of size begins a stage`() throws {
    var model = OnnxBuilder()
    model.input("x", ["n", 3, 8, 8])
    model.convolution("a", from: "x", to: "t", 3, 4)
    model.convolution("b", from: "t", to: "u", 4, 4)
    model.convolution("c", from: "u", to: "v", 4, 4, stride: 2)
    model.node("GlobalAveragePool", ["v"], ["w"])
    model.node("Flatten", ["w"], ["z"])
    model.dense("fc", from: "z", to: "y", 4, 2)
    model.output("y")
    let stages = try model.open().network.stages
    #expect(stages.map(\.name) == ["stage 1 · 8×8", "c", "fc"])
    #expect(stages.map(\.spatialSize) == [[8, 8], [4, 4], nil])
  }
}
