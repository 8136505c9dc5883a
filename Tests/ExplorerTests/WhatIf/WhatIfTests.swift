import Atlases
import Canvas
import Networks
import TestSupport
import Testing

@testable import Explorer

struct WhatIfTests {
  /// A state whose neurons can be switched off.
  private func ready(height: Int = 24, width: Int = 80, after script: String) -> ExplorerState {
    var state = settledState(height: height, width: width)
    _ = update(&state, .ablationPossible)
    play(script, on: &state)
    return state
  }

  private func asked(_ state: inout ExplorerState, _ script: String) -> WhatIfRequest? {
    var request: WhatIfRequest?
    for word in script.split(separator: " ") {
      for key in keys(String(word)) {
        for case .ablate(let found) in update(&state, .key(key)) { request = found }
      }
    }
    return request
  }

  @Test func `X switches the selected cluster off, on the neuron screen the neuron`() throws {
    var state = ready(after: "l")
    let name = state.layerName(state.selection.layer)
    let cluster = try #require(asked(&state, "X"))
    #expect(cluster.name == "\(name):A" && cluster.replacement == .zero)
    #expect(cluster.neurons[0].neurons == state.digest?.clusters[0].members.sorted())
    #expect(state.view == .whatIf && state.shelf.pending == [cluster])
    state = ready(after: "enter enter enter")
    #expect(asked(&state, "X")?.neurons[0].neurons == [state.selection.neuron])
  }

  @Test func `marked neurons are switched off together`() throws {
    var state = ready(after: "l enter l space j space")
    let marked = try #require(state.marks[state.selection.layer])
    let request = try #require(asked(&state, "X"))
    #expect(marked.count == 2)
    #expect(request.neurons.map(\.neurons) == [marked.sorted()])
  }

  @Test func `the palette takes addresses of any layers`() throws {
    var state = ready(after: "")
    let names = [1, 2].map(state.layerName)
    var typed = ": "
    for scalar in "ablate \(names[1]):1,3-4 \(names[0]):0 mean".unicodeScalars {
      typed += scalar == " " ? "space " : "\(scalar) "
    }
    let request = try #require(asked(&state, typed + "enter"))
    #expect(request.replacement == .mean)
    #expect(
      request.neurons == [
        LayerNeurons(layer: LayerID(1), neurons: [0]),
        LayerNeurons(layer: LayerID(2), neurons: [1, 3, 4]),
      ])
  }

  @Test(arguments: ["nowhere:3", "conv1:99", "conv1:Q", "conv1:5-1"])
  func `a wrong address is told in one sentence`(address: String) {
    #expect(throws: ViewRequestError.self) {
      try neurons(at: [address], in: PlantedAtlas.make())
    }
  }

  @Test func `without a model to run the user is told`() {
    let state = settledState(after: "X")
    #expect(state.message?.contains("--data PATH") == true)
  }

  private func withResults(height: Int, width: Int, after script: String) -> ExplorerState {
    var state = ready(height: height, width: width, after: "W")
    for (layer, set) in [(1, [0, 2]), (5, [1, 5, 9])] {
      let request = WhatIfRequest(
        name: "\(state.layerName(layer)):A", neurons: [], replacement: .zero)
      _ = update(&state, .ablated(request, PlantedAtlas.whatIf(layer, set)))
    }
    play(script, on: &state)
    return state
  }

  @Test(arguments: [("table", "left j j"), ("flips", "enter l"), ("accuracy", "s")])
  func `what-ifs side by side`(name: String, script: String) {
    for (height, width) in [(24, 80), (50, 200)] {
      let state = withResults(height: height, width: width, after: script)
      expectFrame(frame(state), "what-if-\(name)-\(width)x\(height)", theme: state.context.theme)
    }
  }

  @Test func `flipped images open, and the way out leads back`() {
    var state = withResults(height: 24, width: 80, after: "enter l enter")
    #expect(state.view == .image)
    #expect(state.selection.image == state.flippedImages()[1].image)
    play("] esc", on: &state)
    #expect(state.view == .flips)
    play("esc", on: &state)
    #expect(state.view == .whatIf && state.shelf.entries.count == 2)
  }

  @Test func `rows of the table narrow the list to a class`() {
    let state = withResults(height: 24, width: 80, after: "j j enter")
    #expect(state.flippedImages().allSatisfy { $0.label == 1 })
  }

  @Test func `a mask is written for the selected what-if`() throws {
    var state = withResults(height: 24, width: 80, after: "left")
    var effects: [ExplorerEffect] = []
    var typed = ": "
    for scalar in "export-mask a.json".unicodeScalars {
      typed += scalar == " " ? "space " : "\(scalar) "
    }
    for word in (typed + "enter").split(separator: " ") {
      for key in keys(String(word)) { effects += update(&state, .key(key)) }
    }
    let mask = effects.contains {
      if case .exportMask(let neurons, let path) = $0 {
        return path == "a.json" && neurons == state.shelf.selected?.result.neurons
      }
      return false
    }
    #expect(mask)
  }

  @Test func `a forgotten what-if is gone`() {
    var state = withResults(height: 24, width: 80, after: "")
    _ = update(&state, .command(.forgetWhatIf))
    #expect(state.shelf.entries.count == 1 && state.shelf.place == 0)
  }
}
