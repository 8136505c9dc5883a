import Analysis
import Atlases
import Canvas
import Findings
import Networks
import TestSupport
import Testing

@testable import Explorer

struct FindingsScreenTests {
  @Test(arguments: [(24, 80), (50, 200)])
  func `the findings as recorded`(height: Int, width: Int) {
    let state = settledState(height: height, width: width, after: "f j")
    expectFrame(frame(state), "findings-\(width)x\(height)", theme: state.context.theme)
  }

  @Test func `a key leads there from every screen, and out again`() {
    for script in ["", "enter", "enter enter", "enter enter enter", "c"] {
      var state = settledState(after: script)
      let view = state.view
      play("f", on: &state)
      #expect(state.view == .findings)
      play("esc", on: &state)
      #expect(state.view == view)
    }
  }

  @Test func `Enter opens the evidence, and the way out leads back to the finding`() throws {
    var state = settledState(after: "f")
    let findings = try #require(state.findings)
    let dead = try #require(findings.firstIndex { $0.rule == .deadNeurons })
    play(Array(repeating: "j", count: dead).joined(separator: " ") + " enter", on: &state)
    #expect(state.view == .neuron)
    #expect(state.selection.layer == PlantedAtlas.deadNeuron.layer)
    #expect(state.selection.neuron == PlantedAtlas.deadNeuron.neuron)
    play("esc", on: &state)
    #expect(state.view == .findings && state.finding?.rule == .deadNeurons)
    play("esc", on: &state)
    #expect(state.view == .network && state.selection == settledState().selection)
  }

  @Test func `every place can be opened`() {
    let places: [(FindingPlace, ExplorerView)] = [
      (.network, .network), (.layer(LayerID(3)), .layer),
      (.neuron(NeuronID(layer: LayerID(3), channel: 6)), .neuron), (.classes, .classes),
      (.confusion(truth: 3, predicted: 5), .images), (.image(7), .image),
    ]
    for (place, view) in places {
      var state = settledState(after: "f")
      state.workings.findings = [
        Finding(
          .labelNoise, subject: "planted", severity: .info, sentence: "Planted.", measures: [],
          place: place, images: [7, 3, 12], imageCount: 1, weight: 1)
      ]
      play("enter", on: &state)
      #expect(state.view == view)
      if view == .images { #expect(state.listedImages.count == 4) }
      guard view == .image else { continue }
      play("]", on: &state)
      #expect(state.selection.image == 3)
    }
  }

  @Test func `the cursor stays on its finding when the atlas grows`() {
    var state = settledState(after: "f j")
    let name = state.finding?.id
    var atlas = PlantedAtlas.make()
    atlas.layers[0].statistics?.health[0].nonFiniteCount = 3
    answer(update(&state, .atlasRefreshed(atlas)), &state)
    #expect(state.finding?.id == name)
    #expect(state.findings?.first?.rule == .nonFiniteActivations)
  }

  @Test func `a network in good health says so`() {
    var atlas = PlantedAtlas.structureOnly()
    atlas.provenance.unreadableImageCount = 0
    let state = settledState(atlas, after: "f")
    #expect(frame(state).text().contains("nothing was found in the weights"))
    #expect(describe(state).title == "0 findings")
  }

  @Test func `the description lists every finding with its numbers`() throws {
    let description = describe(settledState(after: "f"))
    #expect(description.view == "findings")
    let table = try #require(description.tables.first)
    #expect(table.rows.contains { $0[1] == .text("dead-neurons/mix.expand") })
    #expect(description.tables[1].rows.count >= table.rows.count)
  }

  @Test func `health facet and neuron screen tell duplicates`() {
    let network = frame(settledState(height: 40, width: 160, after: "5 *")).text()
    #expect(network.contains("13% dup"))
    var state = settledState(height: 40, width: 200)
    state.select(layer: 3)
    state.select(neuron: 6)
    play("enter enter enter", on: &state)
    #expect(frame(state).text().contains("duplicate of 2, cosine 0.97 over 200 images"))
    state.select(neuron: 7)
    #expect(frame(state).text().contains("moves with 3, cosine 0.98, maps 0.41 over 200 images"))
  }
}
