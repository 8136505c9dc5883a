import Atlases
import Canvas
import TestSupport
import Testing

@testable import Explorer

struct ContributionTests {
  private func wishes(_ effects: [ExplorerEffect]) -> [ContributionWish]? {
    for case .measure(let wishes) in effects { return wishes }
    return nil
  }

  @Test func `what shows is asked for, the selected layer first, and nothing twice`() throws {
    var state = settledState(height: 30, width: 120, after: "l")
    #expect(wishes(update(&state, .ablationPossible)) == nil)
    let wanted = try #require(wishes(update(&state, .key(.character("3")))))
    #expect(wanted.first?.layer == state.selection.layer)
    #expect(wanted.count > 1 && Set(wanted.map(\.layer)).count == wanted.count)
    #expect(wanted[0].sets.count == PlantedAtlas.clusterCount(state.selection.layer))
    #expect(wishes(update(&state, .key(.character("j")))) == nil)
    #expect(wishes(update(&state, .command(.stopMeasuring))) == [])
    #expect(wishes(update(&state, .key(.character("3")))) == wanted)
  }

  @Test func `what was measured is kept and no longer asked for`() throws {
    var state = settledState(height: 30, width: 120, after: "l")
    _ = update(&state, .ablationPossible)
    let layer = state.selection.layer
    _ = update(&state, .key(.character("3")))
    let found = try #require(PlantedAtlas.withContributions().layers[layer].contributions)
    let left = wishes(update(&state, .contributionsMeasured(layer: layer, found)))
    #expect(try #require(left).allSatisfy { $0.layer != layer })
    #expect(state.atlas.layers[layer].contributions == found)
    let refused = left?.first?.layer ?? 0
    let rest = wishes(
      update(&state, .contributionsUnavailable(layer: refused, reason: "nothing follows")))
    #expect(try #require(rest).allSatisfy { $0.layer != refused })
  }

  @Test func `another facet ends the measuring`() {
    var state = settledState(after: "l")
    _ = update(&state, .ablationPossible)
    _ = update(&state, .key(.character("3")))
    #expect(wishes(update(&state, .key(.character("2")))) == [])
  }

  @Test func `without a model to run the screen says what to do`() {
    let state = settledState(height: 30, width: 100, after: "3 enter")
    #expect(frame(state).text().contains("--model FILE"))
  }

  @Test(arguments: [
    ("network", "3 l l l"), ("layer", "l l l 3 enter l j l"), ("cluster", "l l l 3 enter enter j"),
    ("neuron", "3 enter enter enter tab"),
  ])
  func `screens of contributions`(name: String, script: String) {
    for (height, width) in [(24, 80), (50, 200)] {
      let state = settledState(
        PlantedAtlas.withContributions(), height: height, width: width, after: script)
      expectFrame(
        frame(state), "contributions-\(name)-\(width)x\(height)", theme: state.context.theme)
    }
  }

  @Test func `signs show without colours`() {
    let theme = Theme(tier: DisplayTier(colors: .mono, glyphs: .ascii))
    let state = settledState(
      PlantedAtlas.withContributions(), theme: theme, after: "l l l 3 s enter l")
    expectFrame(frame(state), "contributions-layer-mono-ascii-80x24", theme: theme)
  }

  @Test func `figures are told in words, too`() throws {
    let state = settledState(PlantedAtlas.withContributions(), after: "l l l 3 enter")
    let table = try #require(describe(state).tables.last)
    #expect(table.name.contains("zeroed, 200 images"))
    #expect(table.rows.count == PlantedAtlas.clusterCount(state.selection.layer) * 10)
  }
}
