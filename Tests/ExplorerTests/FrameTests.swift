import Atlases
import Canvas
import TestSupport
import Testing

@testable import Explorer

/// Every screen as recorded; `RECORD_FRAMES=1` records anew.
struct FrameTests {
  @Test(arguments: [
    ("network-features", "l l l"), ("network-activations", "2 l l l"),
    ("network-weights", "4"), ("network-health", "5 l l l l l"), ("network-groups", "_ l"),
    ("network-map", "Z"), ("network-path", "p p p"), ("network-wide", "l l l z"),
    ("layer", "l l l enter l j l"), ("cluster", "l l l enter enter"),
    ("neuron", "l l l enter enter enter"), ("classes", "c j j j l l l l l"),
    ("images", "c j j j l l l l l enter"),
    ("pair", "c j j j l l l l l d j tab j"), ("image", "l l l enter enter enter enter"),
    ("layer-features", "l l l enter l 1 l"), ("cluster-pictures", "l l l enter enter z"),
    ("layer-weights", "l l l enter 4 l l j"), ("cluster-weights", "l l l 4 enter enter tab l"),
    ("layer-selectivity", "l l l enter s s s l l"),
    ("layer-dead", "/ 'mix.expand' enter enter tab G"), ("help", "?"), ("search", "/ 'conv'"),
    ("palette", ": 'ex'"),
  ])
  func `a screen of 24 rows and 80 columns`(name: String, script: String) {
    let state = settledState(after: script)
    expectFrame(frame(state), "\(name)-80x24", theme: state.context.theme)
  }

  @Test(arguments: [
    ("network-activations", "2 l l l"), ("layer", "l l l enter l j l"),
    ("cluster", "l l l enter enter"), ("classes", "c j j j l l l l l"),
    ("neuron-links", "l l l enter enter enter tab tab j"),
  ])
  func `a screen of 40 rows and 120 columns`(name: String, script: String) {
    let state = settledState(height: 40, width: 120, after: script)
    expectFrame(frame(state), "\(name)-120x40", theme: state.context.theme)
  }

  @Test(arguments: [
    ("network-features", "l l l"), ("network-activations", "2 l l l"),
    ("network-wide", "l l l z"), ("network-groups", "_ l 2"), ("network-map", "Z"),
    ("layer-features", "l l l enter l 1 i"), ("cluster", "l l l enter enter"),
    ("layer-weights", "l l l enter 4 l l j"), ("cluster-weights", "l l l 4 enter enter tab l"),
    ("layer-selectivity", "l l l enter s s s l l"),
    ("network-weights", "4"), ("network-health", "5 l l l l l"), ("network-path", "p p p"),
    ("layer", "l l l enter l j l"), ("neuron", "l l l enter enter enter"),
    ("cluster-pictures", "l l l enter enter z"),
    ("layer-dead", "/ 'mix.expand' enter enter tab G"), ("classes", "c j j j l l l l l"),
    ("images", "c j j j l l l l l enter"), ("pair", "c j j j l l l l l d j tab j"),
    ("image", "l l l enter enter enter enter"), ("help", "?"), ("search", "/ 'conv'"),
    ("palette", ": 'ex'"),
  ])
  func `a screen of 50 rows and 200 columns`(name: String, script: String) {
    let state = settledState(height: 50, width: 200, after: script)
    expectFrame(frame(state), "\(name)-200x50", theme: state.context.theme)
  }

  @Test(arguments: [
    ("network-features", "l l l"), ("layer", "l l l enter l j l"), ("classes", "c j j j l l"),
    ("neuron", "l l l enter enter enter"),
  ])
  func `a screen without colours and without Unicode`(name: String, script: String) {
    let theme = Theme(tier: DisplayTier(colors: .mono, glyphs: .ascii))
    let state = settledState(theme: theme, after: script)
    expectFrame(frame(state), "\(name)-mono-ascii-80x24", theme: theme)
  }

  @Test(arguments: [
    ("network-features", "l l l"), ("layer", "l l l enter l j l"), ("classes", "c j j j l l"),
  ])
  func `a screen of 16 colours`(name: String, script: String) {
    let theme = Theme(tier: DisplayTier(colors: .palette16))
    let state = settledState(theme: theme, after: script)
    expectFrame(frame(state), "\(name)-16-80x24", theme: theme)
  }

  @Test(arguments: [
    ("network", "l"), ("layer", "l enter"), ("cluster", "l enter enter l"),
    ("neuron", "enter enter enter"),
  ])
  func `structure alone`(name: String, script: String) {
    for (height, width) in [(24, 80), (50, 200)] {
      let state = settledState(
        PlantedAtlas.structureOnly(), height: height, width: width, after: script)
      expectFrame(
        frame(state), "structure-\(name)-\(width)x\(height)", theme: state.context.theme)
    }
  }

  @Test(arguments: [("network", "l"), ("layer", "l enter"), ("neuron", "enter enter enter")])
  func `the smallest screen`(name: String, script: String) {
    let state = settledState(height: 12, width: 40, after: script)
    expectFrame(frame(state), "\(name)-40x12", theme: state.context.theme)
  }

  @Test func `a network without layers says why`() {
    let state = settledState(DamagedAtlas.withoutLayers())
    expectFrame(frame(state), "no-layers-80x24", theme: state.context.theme)
  }

  @Test func `an analysis under way`() {
    var state = settledState(PlantedAtlas.make(images: 80), height: 24, width: 120)
    _ = update(
      &state, .progress(AnalysisProgress(done: 82, planned: 200, rate: 10, secondsLeft: 12)))
    expectFrame(frame(state), "progress-120x24", theme: state.context.theme)
  }

  @Test func `many neurons share rows, and the screen says so`() {
    let state = settledState(height: 14, width: 80, after: "l l l enter l")
    expectFrame(frame(state), "layer-binned-80x14", theme: state.context.theme)
    #expect(frame(state).text().contains("mean per row; z zooms"))
  }
}
