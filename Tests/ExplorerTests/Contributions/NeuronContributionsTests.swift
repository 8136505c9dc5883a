import Atlases
import Canvas
import Networks
import Testing

@testable import Explorer

struct NeuronContributionsTests {
  private func wishes(_ effects: [ExplorerEffect]) -> [ContributionWish]? {
    for case .measure(let wishes) in effects { return wishes }
    return nil
  }

  /// What a layer's neurons cost when each alone is switched off: the more the higher its number.
  private func losses(_ neurons: [Int], classes: Int = 10) -> LayerContributions {
    LayerContributions(
      replacement: .zero, score: .logit, classCounts: Array(repeating: 20, count: classes),
      accuracyBefore: Array(repeating: 0.9, count: classes),
      entries: neurons.map { neuron in
        let change = Array(repeating: -0.01 - Float(neuron) / 4, count: classes)
        return Contribution(
          neurons: [neuron], scoreChange: change, scoreError: change.map { _ in 0.1 },
          accuracyChange: change.map { _ in 0 }, accuracyError: change.map { _ in 0.01 })
      })
  }

  private func tiles(_ state: ExplorerState) -> [FeatureTile] {
    surveyed(state).packing.flatMap { state.packings[$0]?.pages.first?.tiles } ?? []
  }

  @Test func `neurons of a cluster are asked for one by one, and sized once all are known`() throws
  {
    var state = settledState(height: 50, width: 160, after: "l l l enter enter")
    _ = update(&state, .ablationPossible)
    for _ in 0..<2 { play("i", on: &state) }
    let wanted = try #require(wishes(update(&state, .key(.character("i")))))
    #expect(state.importance == .contribution)
    let members = try #require(state.cluster).members
    #expect(wanted.map(\.layer) == [state.selection.layer])
    #expect(Set(wanted[0].sets) == Set(members.map { [$0] }))
    play("j k", on: &state)
    #expect(Set(tiles(state).map(\.area.width)).count == 1)
    #expect(frame(state).text().contains("equal sizes: contribution"))

    let layer = state.selection.layer
    _ = update(&state, .contributionsMeasured(layer: layer, losses(Array(members.dropLast()))))
    play("j k", on: &state)
    #expect(Set(tiles(state).map(\.area.width)).count == 1)
    let left = state.measuring.asked.flatMap(\.sets)
    #expect(left == [[members[members.count - 1]]])

    _ = update(&state, .contributionsMeasured(layer: layer, losses(members)))
    play("j k", on: &state)
    #expect(surveyed(state).contributions.isEmpty)
    let sized = tiles(state)
    #expect(sized.count == members.count)
    for one in sized {
      for other in sized where one.neuron < other.neuron {
        #expect(one.area.width <= other.area.width)
      }
    }
    #expect(Set(sized.map(\.area.width)).count > 1)
    #expect(frame(state).text().contains("size: contribution"))
  }

  @Test func `the selected neuron's change is told with its error and its images`() {
    var state = settledState(height: 50, width: 160, after: "l l l enter enter tab i i i")
    let members = state.cluster?.members ?? []
    _ = update(&state, .contributionsMeasured(layer: state.selection.layer, losses(members)))
    play("j k", on: &state)
    #expect(frame(state).text().contains("logit when off, zeroed, 200 images"))
  }

  @Test func `a layer without contributions has no losses, a set of two is nobody's`() {
    var state = settledState()
    #expect(state.neuronLosses(of: 3, count: 4).allSatisfy { $0.isNaN })
    var found = losses([1])
    found.entries[0].neurons = [1, 2]
    state.atlas.layers[3].contributions = found
    #expect(state.neuronLosses(of: 3, count: 4).allSatisfy { $0.isNaN })
    #expect(state.neuronLosses(of: 99, count: 2).count == 2)
  }
}
