@testable import Explorer
import Networks
import Testing

struct SearchTests {
  private let state = settledState()

  @Test func `layers and classes are found by part of their name`() {
    #expect(
      searchHits("conv", in: state).map(\.address) == ["conv1", "block1.conv1", "block1.conv2"])
    #expect(searchHits("HORSE", in: state).map(\.target) == [.classIndex(7)])
    #expect(searchHits("", in: state).isEmpty)
  }

  @Test func `addresses name neurons and clusters`() {
    #expect(
      searchHits("reduce:12", in: state).map(\.target) == [.neuron(layer: 3, neuron: 12)])
    #expect(
      searchHits("reduce:b", in: state).map(\.target) == [.cluster(layer: 3, place: 1)])
    #expect(searchHits("reduce:", in: state).count == 4)
    #expect(searchHits("reduce:99", in: state).isEmpty)
  }

  @Test func `Enter goes to the hit, n to the next`() {
    var state = settledState(after: "/ 'mix.expand:3' enter")
    #expect(state.view == .neuron)
    #expect(state.layer?.name == "mix.expand" && state.selection.neuron == 3)
    play("esc / 'conv' enter", on: &state)
    #expect(state.layer?.name == "conv1")
    play("n n", on: &state)
    #expect(state.layer?.name == "block1.conv2")
    play("N", on: &state)
    #expect(state.layer?.name == "block1.conv1")
  }

  @Test func `nothing found is said`() {
    #expect(settledState(after: "/ 'zzz' enter").message?.contains("zzz") == true)
  }

  @Test func `a layer inside a closed group is revealed`() {
    let state = settledState(after: "_ / 'squeeze' enter")
    #expect(state.view == .network)
    #expect(state.layer?.name == "mix.squeeze")
    let node = state.arrangement.node(showing: 4)
    #expect(node.map { state.arrangement.nodes[$0].layer } == 4)
  }
}
