import Canvas
@testable import Explorer
import Networks
import Testing

/// Keys, and where they lead.
struct NavigationTests {
  @Test func `Enter leads from the network down to an image, Escape back`() {
    var state = settledState()
    var views = [state.view]
    for _ in 0..<4 {
      play("enter", on: &state)
      views.append(state.view)
    }
    #expect(views == [.network, .layer, .cluster, .neuron, .image])
    play("esc esc bs esc", on: &state)
    #expect(state.view == .network)
    #expect(state.selection.layer == 0)
  }

  @Test func `right follows edges and down the clusters`() {
    let state = settledState(after: "l l j")
    #expect(state.selection.layer == 2)
    #expect(state.cluster?.letter == "B")
  }

  @Test func `down leads on into the pane stacked below, up back again`() {
    var state = settledState(after: "l l l l")
    #expect(state.layer?.name == "mix.squeeze")
    play("j j j", on: &state)
    #expect(state.layer?.name == "mix.expand")
    #expect(state.cluster?.letter == "A")
    play("k", on: &state)
    #expect(state.layer?.name == "mix.squeeze")
    #expect(state.cluster?.letter == "C")
  }

  @Test func `Tab goes through every pane and round`() {
    var state = settledState()
    var layers: [Int] = []
    for _ in 0..<8 {
      layers.append(state.selection.layer)
      play("tab", on: &state)
    }
    #expect(layers == Array(0..<8))
    #expect(state.selection.layer == 0)
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

  @Test func `a letter typed into the search is no command`() {
    let state = settledState(after: "/ 'q'")
    #expect(!state.hasQuit)
    #expect(state.prompt?.text == "q")
  }

  @Test func `brackets go to the next and the last neuron of a heatmap`() {
    var state = settledState(after: "l l l enter enter enter ]")
    #expect(state.selection.neuron == 4)
    play("[ [ [", on: &state)
    #expect(state.selection.neuron == 0)
  }

  @Test func `a link leads to the neuron it comes from, Escape back`() throws {
    var state = settledState(after: "l l l enter enter enter tab tab")
    let before = state.selection
    let link = try #require(state.shownLinks.first)
    play("enter", on: &state)
    #expect(state.view == .neuron)
    #expect(state.selection.layer == link.layer)
    #expect(state.selection.neuron == link.neuron)
    play("esc", on: &state)
    #expect(state.view == .neuron)
    #expect(state.selection == before)
  }

  @Test func `a cell of the confusion matrix lists its images`() {
    var state = settledState(after: "c j j j l l l l l enter")
    #expect(state.view == .images)
    #expect(state.listedImages == [60, 61, 62, 63])
    play("l enter", on: &state)
    #expect(state.view == .image)
    #expect(state.selection.image == 61)
    play("] esc", on: &state)
    #expect(state.view == .images)
  }

  @Test func `a key without meaning says so`() {
    #expect(settledState(after: "x").message?.contains("no meaning") == true)
  }
}
