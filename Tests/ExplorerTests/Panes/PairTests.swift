import Analysis
import Tensors
import Testing

@testable import Explorer

struct PairTests {
  /// Cats taken for dogs: row 3, column 5.
  private func opened(after script: String = "") -> ExplorerState {
    settledState(after: "c j j j l l l l l d \(script)")
  }

  @Test func `neurons come by the size of their effect, and reversed`() throws {
    let state = opened()
    #expect(state.view == .pair)
    let sizes = try #require(state.pairDigest).neurons.map(\.effect.magnitude)
    #expect(sizes == sizes.sorted(by: >) && sizes.count > 80)
    #expect(opened(after: "o").shownPairNeurons.first?.effect.magnitude == sizes.last)
  }

  @Test func `the strongest neuron fires for one of the two and not for the other`() throws {
    let state = opened()
    let best = try #require(state.pairDigest?.neurons.first)
    let means = try #require(state.digests[best.layer]?.statistics?.meanOfMean)
    let difference = means[best.neuron, 3] - means[best.neuron, 5]
    #expect((difference > 0) == (best.effect > 0) && difference != 0)
  }

  @Test func `Enter leads to the cluster or neuron, Esc back`() {
    var state = opened(after: "j enter")
    #expect(state.view == .cluster)
    play("esc tab enter", on: &state)
    #expect(state.view == .neuron)
    let best = state.shownPairNeurons.first
    #expect(state.selection.layer == best?.layer && state.selection.neuron == best?.neuron)
  }

  @Test func `the diagonal is no pair`() {
    let state = settledState(after: "c d")
    #expect(state.view == .classes && state.message?.contains("diagonal") == true)
  }
}
