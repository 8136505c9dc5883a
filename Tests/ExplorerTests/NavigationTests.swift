import Testing

@testable import Explorer

/// Keys, and where they lead.
struct NavigationTests {
  @Test func `Enter leads from the network to a layer, Escape back`() {
    var state = settledState(after: "enter")
    #expect(state.view == .layer)
    play("esc", on: &state)
    #expect(state.view == .network)
  }

  @Test func `right follows edges and down the clusters`() {
    let state = settledState(after: "l l j")
    #expect(state.selection.layer == 2)
    #expect(state.cluster?.letter == "B")
  }

  @Test func `quit goes out first and quits at the top`() {
    var state = settledState(after: "enter q")
    #expect(!state.hasQuit)
    play("q", on: &state)
    #expect(state.hasQuit)
  }

  @Test func `control-C quits anywhere, even while typing`() {
    #expect(settledState(after: "enter / 'conv' ^c").hasQuit)
  }

  @Test func `the selection survives a refreshed atlas`() {
    var state = settledState(after: "l l l enter l j l")
    let before = state.selection
    answer(update(&state, .atlasRefreshed(PlantedAtlas.make(images: 100, seed: 9))), &state)
    #expect(state.selection == before)
    #expect(state.view == .layer)
  }
}
