import Atlases
import Canvas
import Networks
import Testing

@testable import Explorer

struct ForgettingTests {
  /// After an edit every screen is the one that the edited atlas gives from scratch.
  @Test(arguments: ["", "2", "4", "5"], ["m", "x", "p", "+", ": 'split' space '3' enter"])
  func `the network after an edit shows the edited clusters`(facet: String, edit: String) {
    // Looked at before the edit, so that everything was worked out from the old clusters.
    var state = settledState(height: 50, width: 200, after: "* \(facet) p Esc")
    play("/ 'reduce:C' enter space / 'reduce:A' enter space \(edit)", on: &state)
    #expect(!state.edits.past.isEmpty)
    play("esc esc esc esc", on: &state)
    #expect(state.view == .network)
    state.message = nil

    var fresh = settledState(state.atlas, height: 50, width: 200, after: "* \(facet)")
    fresh.selection = state.selection
    fresh.neuronOfLayer = state.neuronOfLayer
    fresh.scrolls = state.scrolls
    answer(update(&fresh, .resized(fresh.context.size)), &fresh)
    fresh.message = nil
    #expect(frame(state).text() == frame(fresh).text())
  }

  @Test func `other layers keep what was worked out`() {
    var state = settledState(height: 50, width: 200, after: "*")
    let before = state.digests.count
    state.forget([3])
    #expect(state.digests.count == before - 1 && state.digests[3] == nil)
    #expect(state.gutters.keys.allSatisfy { $0.source != 3 && $0.target != 3 })
    #expect(state.bundles.keys.allSatisfy { $0.gutter.source != 3 && $0.gutter.target != 3 })
    #expect(state.packings.keys.allSatisfy { $0.layer != 3 })
    state.forget()
    #expect(state.digests.isEmpty && state.packings.isEmpty && state.bundles.isEmpty)
  }
}
