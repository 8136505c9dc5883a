import Analysis
import Atlases
import Canvas
@testable import Explorer
import Testing

/// What a growing atlas changes and what it leaves alone.
struct RefreshTests {
  @Test(arguments: [
    "l l l enter l j l", "l enter enter tab", "c j l", "l l enter enter enter tab j",
  ])
  func `the selection and the screen survive`(script: String) {
    var state = settledState(after: script)
    let (before, places) = (state.selection, state.places)
    answer(update(&state, .atlasRefreshed(PlantedAtlas.make(images: 100, seed: 9))), &state)
    #expect(state.selection == before)
    #expect(state.places == places)
  }

  @Test func `the figures are the new ones`() throws {
    var state = settledState(after: "enter")
    let fresh = PlantedAtlas.make(images: 100, seed: 9)
    answer(update(&state, .atlasRefreshed(fresh)), &state)
    #expect(state.digest?.statistics == fresh.layers[0].statistics)
  }

  @Test func `reclustering follows the neuron, not the row`() throws {
    var state = settledState(after: "l l l enter l j j j j j")
    let neuron = state.selection.neuron
    var atlas = PlantedAtlas.make()
    let labels = try #require(atlas.layers[3].clustering?.labels)
    atlas.layers[3].clustering?.labels = labels.map { 3 - $0 }
    answer(update(&state, .atlasRefreshed(atlas)), &state)
    #expect(state.selection.neuron == neuron)
    #expect(state.cluster?.label == 3 - labels[neuron])
  }

  @Test func `an atlas that fills up moves from structure to figures`() {
    var state = settledState(PlantedAtlas.structureOnly())
    #expect(frame(state).text().contains("parameters"))
    answer(update(&state, .atlasRefreshed(PlantedAtlas.make())), &state)
    #expect(frame(state).text().contains("strongest for"))
  }

  @Test func `progress and messages show`() {
    var state = settledState(width: 120)
    _ = update(
      &state,
      .progress(AnalysisProgress(done: 82, planned: 200, rate: 10, secondsLeft: 38)))
    _ = update(&state, .message("kept 82 images"))
    let text = frame(state).text()
    #expect(text.contains("41 %  10 a second  0:38 left"))
    #expect(text.contains("kept 82 images"))
  }

  @Test func `a failed analysis says why`() {
    var state = settledState(PlantedAtlas.structureOnly())
    _ = update(
      &state, .progress(AnalysisProgress(done: 0, planned: 0, failure: "the engine is missing")))
    #expect(frame(state).text().contains("the engine is missing"))
  }
}
