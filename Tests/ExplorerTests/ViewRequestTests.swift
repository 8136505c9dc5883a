import Canvas
import Testing

@testable import Explorer

struct ViewRequestTests {
  @Test func `words name screens`() throws {
    #expect(try ViewRequest(["network"]) == .network)
    #expect(try ViewRequest(["confusion"]) == .classes)
    #expect(try ViewRequest(["layer", "a:b"]) == .layer("a:b"))
    #expect(try ViewRequest(["cluster", "a:b:C"]) == .cluster(layer: "a:b", letter: "C"))
    #expect(try ViewRequest(["neuron", "conv1", "3"]) == .neuron(layer: "conv1", index: 3))
    #expect(try ViewRequest(["image", "7"]) == .image(7))
  }

  @Test(arguments: [
    ["neuron", "conv1"], ["image"], ["image", "x"], ["layer"], ["nosuch"], ["cluster", ":A"],
  ])
  func `what is missing is said`(words: [String]) {
    #expect(throws: ViewRequestError.self) { try ViewRequest(words) }
  }

  @Test func `a request opens its screen`() throws {
    let state = try open(.neuron(layer: "mix.expand", index: 4))
    #expect(state.view == .neuron)
    #expect(state.selection.neuron == 4)
    #expect(try open(.cluster(layer: "squeeze", letter: "b")).cluster?.letter == "B")
  }

  @Test func `what does not exist is said with what does`() {
    #expect(throws: ViewRequestError.noNeuron("conv1:8", count: 8)) {
      try open(.neuron(layer: "conv1", index: 8))
    }
    #expect(throws: ViewRequestError.noCluster("conv1:Z", known: ["A", "B"])) {
      try open(.cluster(layer: "conv1", letter: "Z"))
    }
    #expect(
      throws: ViewRequestError.noLayer("conv", known: ["conv1", "block1.conv1", "block1.conv2"])
    ) {
      try open(.layer("conv"))
    }
    #expect(throws: ViewRequestError.noImage(200, count: 200)) { try open(.image(200)) }
  }

  private func open(_ request: ViewRequest) throws(ViewRequestError) -> ExplorerState {
    try ExplorerState(
      atlas: PlantedAtlas.make(),
      context: RenderContext(size: ScreenSize(height: 24, width: 80)), showing: request)
  }
}
