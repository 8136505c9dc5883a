import Atlases
import Canvas
import TestSupport
import Testing

@testable import Explorer

struct PinnedImagesTests {
  private func state(
    height: Int = 24, width: Int = 80, theme: Theme = Theme(), after script: String
  ) -> ExplorerState {
    var state = settledState(height: height, width: width, theme: theme)
    answer(update(&state, .imageRunsPossible), &state)
    play(script, on: &state)
    return state
  }

  private let cat = "c j j j l l l l l enter l P"

  @Test func `an image of a list is run and pinned, and one key takes it off`() {
    var state = state(after: cat)
    #expect(state.pinned?.request == ImageRequest(.pin, images: [61]))
    #expect(state.pinned?.found?.images == [61])
    play("esc esc", on: &state)
    #expect(state.view == .network)
    #expect(frame(state).text().contains("pinned: cat/1.png"))
    play("P", on: &state)
    #expect(state.pinned == nil && !frame(state).text().contains("pinned:"))
  }

  @Test func `an image that ran already is not run again`() {
    var state = state(after: "c j j j l l l l l enter l enter")
    let effects = update(&state, .key(.character("P")))
    #expect(!effects.contains { if case .runImages = $0 { true } else { false } })
    #expect(state.pinned?.found?.images == [61] && state.pinned?.found?.maps.isEmpty == true)
  }

  @Test func `the misclassified of a class are their mean, and the screen says of how many`() {
    var state = state(after: "c j j j P")
    #expect(state.pinned?.request.images == [60, 61, 62, 63])
    #expect(state.pinned?.basisText == "mean of 4 cat images classified wrongly")
    play("esc 2", on: &state)
    #expect(frame(state).text().contains("pinned: mean of 4"))
    #expect(frame(state).text().contains("last column: mean of 4"))
    play("c P", on: &state)
    #expect(state.pinned == nil)
  }

  @Test func `a class without mistakes, a screen without images and no engine say so`() {
    #expect(state(after: "c P").message == "no plane image was classified wrongly")
    #expect(state(after: "P").message?.hasPrefix("nothing to pin") == true)
    let still = settledState(after: "c j j j P")
    #expect(still.pinned == nil && still.message?.contains("--data") == true)
  }

  @Test func `taking a pin off that still runs ends it`() {
    var state = settledState(after: "c j j j")
    _ = update(&state, .imageRunsPossible)
    _ = update(&state, .key(.character("P")))
    #expect(state.pinned != nil && state.pinned?.found == nil)
    let effects = update(&state, .key(.character("P")))
    #expect(effects.contains(.runImages(ImageRequest(.pin, images: []))))
    #expect(state.pinned == nil)
  }

  @Test func `a failure takes the pin off and is told`() throws {
    var state = settledState(after: "c j j j")
    _ = update(&state, .imageRunsPossible)
    _ = update(&state, .key(.character("P")))
    let request = try #require(state.pinned?.request)
    _ = update(&state, .imageRunFailed(request, reason: "the engine failed"))
    #expect(state.pinned == nil && state.message?.contains("the engine failed") == true)
  }

  @Test func `clusters that the image excites are lit`() throws {
    var state = state(after: cat + " esc esc l l l enter")
    let digest = try #require(state.digest)
    let scores = try #require(
      state.scores[ScoreKey(layer: 3, statistic: .mean, isPinned: true)])
    // A cat is class 3: cluster D of the four in this layer.
    let best = try #require(scores.order.first)
    #expect(digest.clusters[best].letter == "D" && scores.clusters[best] > 1)
    #expect(frame(state).text().contains("\(scoreText(scores.clusters[best])) s.d."))
    play("s", on: &state)
    #expect(state.scores[ScoreKey(layer: 3, statistic: .max, isPinned: true)] != nil)
  }

  @Test(arguments: [
    ("network", "esc esc 2 l l l", 24, 80), ("network", "esc esc 2 l l l", 50, 200),
    ("layer", "esc esc l l l enter l", 24, 80), ("layer", "esc esc l l l enter l", 50, 200),
    ("cluster", "esc esc l l l enter enter", 24, 80),
    ("cluster", "esc esc l l l enter enter", 50, 200),
  ])
  func `a pinned image as a column`(name: String, script: String, height: Int, width: Int) {
    let state = state(height: height, width: width, after: cat + " " + script)
    expectFrame(frame(state), "pinned-\(name)-\(width)x\(height)", theme: state.context.theme)
  }

  @Test func `without colours a pinned column is glyphs like the others`() {
    let theme = Theme(tier: DisplayTier(colors: .mono, glyphs: .ascii))
    let state = state(theme: theme, after: cat + " esc esc l l l enter l")
    expectFrame(frame(state), "pinned-layer-mono-ascii-80x24", theme: theme)
  }
}
