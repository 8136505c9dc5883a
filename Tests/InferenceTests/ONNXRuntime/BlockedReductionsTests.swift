import Tensors
import Testing

@testable import Inference

@Suite struct BlockedReductionsTests {
  private let tensor = ReducedTensor(name: "a", channelAxis: 1, neuronCount: 5)

  private func node(
    _ kind: String, _ inputs: [String], _ output: String, domain: String = "",
    attribute: [UInt8] = []
  ) -> [UInt8] {
    WireBytes.field(
      1,
      inputs.flatMap { WireBytes.field(1, $0) } + WireBytes.field(2, output)
        + WireBytes.field(4, kind) + (attribute.isEmpty ? [] : WireBytes.field(5, attribute))
        + WireBytes.field(7, domain))
  }

  private var reorder: [UInt8] {
    node("ReorderOutput", ["blocked"], "a", domain: "com.microsoft.nchwc")
  }

  private var reduction: [UInt8] {
    WireBytes.field(1, OutputExposure.node(reducing: tensor, from: "a", blockSize: 1))
  }

  /// A model with these nodes, their outputs, and something behind the graph.
  private func model(_ nodes: [[UInt8]], outputs: [String]) -> [UInt8] {
    let ports = outputs.flatMap { WireBytes.field(12, WireBytes.field(1, $0)) }
    return WireBytes.field(1, 8) + WireBytes.field(7, nodes.flatMap(\.self) + ports)
      + WireBytes.field(2, "tail")
  }

  private func rewritten(_ nodes: [[UInt8]], outputs: [String] = ["y"]) -> [UInt8]? {
    BlockedReductions(
      model: model(nodes, outputs: outputs), tensors: [tensor], blockSize: 8
    ).rewritten()
  }

  private var moved: [UInt8] {
    WireBytes.field(1, OutputExposure.node(reducing: tensor, from: "blocked", blockSize: 8))
  }

  /// The graph comes last in a rewritten model.
  private func expected(_ nodes: [[UInt8]], outputs: [String] = ["y"]) -> [UInt8] {
    let ports = outputs.flatMap { WireBytes.field(12, WireBytes.field(1, $0)) }
    return WireBytes.field(1, 8) + WireBytes.field(2, "tail")
      + WireBytes.field(7, nodes.flatMap(\.self) + ports)
  }

  @Test func `a reordering that only the reduction read goes`() {
    let other = node("Relu", ["blocked"], "y")
    #expect(rewritten([other, reorder, reduction]) == expected([other, moved]))
  }

  @Test func `a reordering that is still read stays`() {
    let reader = node("Relu", ["a"], "y")
    #expect(rewritten([reorder, reduction, reader]) == expected([reorder, moved, reader]))
    #expect(
      rewritten([reorder, reduction], outputs: ["a"])
        == expected([reorder, moved], outputs: ["a"]))
  }

  @Test func `a model without reordering, with branches inside or cut short is left alone`() {
    let plain = node("Conv", ["x"], "a")
    #expect(rewritten([plain, reduction]) == nil)
    let branch = node("If", ["c"], "y", attribute: WireBytes.field(6, "graph"))
    #expect(rewritten([branch, reorder, reduction]) == nil)
    let whole = model([reorder, reduction], outputs: ["y"])
    for count in 0..<whole.count - 6 {
      let cut = BlockedReductions(
        model: Array(whole[..<count]), tensors: [tensor], blockSize: 8)
      #expect(cut.rewritten() == nil)
    }
  }
}
