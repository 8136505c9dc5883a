import Atlases
import Canvas
import TestSupport
import Testing

@testable import Explorer

/// The image screen while the network can run, as recorded.
struct ImageScreenFrameTests {
  private func state(
    height: Int, width: Int, theme: Theme = Theme(), after script: String
  ) -> ExplorerState {
    var state = settledState(height: height, width: width, theme: theme)
    answer(update(&state, .imageRunsPossible), &state)
    play(script, on: &state)
    return state
  }

  @Test(arguments: [
    ("image-clusters", "c j j j l l l l l enter l enter"),
    ("image-layers", "c j j j l l l l l enter l enter h j j"),
    ("image-neurons", "c j j j l l l l l enter l enter l j"),
    ("image-picture", "c j j j l l l l l enter l enter w"),
    ("images-wrong", "I v v o"),
  ])
  func `a screen of 24 rows and 80 columns`(name: String, script: String) {
    let state = state(height: 24, width: 80, after: script)
    expectFrame(frame(state), "\(name)-80x24", theme: state.context.theme)
  }

  @Test(arguments: [
    ("image-clusters", "c j j j l l l l l enter l enter"), ("images-wrong", "I v v o"),
  ])
  func `a screen of 50 rows and 200 columns`(name: String, script: String) {
    let state = state(height: 50, width: 200, after: script)
    expectFrame(frame(state), "\(name)-200x50", theme: state.context.theme)
  }

  @Test(arguments: [
    ("mono-ascii", DisplayTier(colors: .mono, glyphs: .ascii)),
    ("16", DisplayTier(colors: .palette16)), ("256", DisplayTier(colors: .palette256)),
  ])
  func `a screen of few colours`(name: String, tier: DisplayTier) {
    let theme = Theme(tier: tier)
    let state = state(
      height: 24, width: 80, theme: theme, after: "c j j j l l l l l enter l enter h j j j l")
    expectFrame(frame(state), "image-clusters-\(name)-80x24", theme: theme)
  }
}
