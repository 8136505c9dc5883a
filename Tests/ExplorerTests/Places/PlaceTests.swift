import Atlases
import Canvas
import Networks
import Testing

@testable import Explorer

struct PlaceTests {
  private func hashed() -> Atlas {
    var atlas = PlantedAtlas.make()
    atlas.provenance.modelHash = "m"
    return atlas
  }

  @Test func `back and forward through the places visited`() {
    var state = settledState(after: "l l l enter j enter")
    let cluster = state.whereabouts
    play("c", on: &state)
    let classes = state.whereabouts
    play("^o", on: &state)
    #expect(state.whereabouts == cluster)
    play("^o ^o", on: &state)
    #expect(state.view == .network && state.layerName(state.selection.layer) == "reduce")
    play("^o", on: &state)
    #expect(state.view == .network && state.message?.contains("began") == true)
    play("^n ^n ^n", on: &state)
    #expect(state.whereabouts == classes)
    play("^n", on: &state)
    #expect(state.whereabouts == classes && state.message != nil)
  }

  @Test func `another way taken forgets the way forward`() {
    var state = settledState(after: "enter enter ^o ^o c ^n")
    #expect(state.view == .classes)
    play("^o", on: &state)
    #expect(state.view == .network)
  }

  @Test func `moves of the cursor are no places`() {
    let state = settledState(after: "l l j k h z z s o")
    #expect(state.jumps.before.isEmpty)
  }

  @Test func `the list of places stays short`() {
    var state = settledState()
    for _ in 0..<300 { play("enter j esc", on: &state) }
    #expect(state.jumps.before.count <= JumpList.limit)
  }

  @Test func `a mark is set with one letter and led to with one`() {
    var state = settledState(after: "l l l enter enter j M a")
    #expect(state.prompt == nil && state.message?.contains("mark a") == true)
    let marked = state.selection
    play(": 'network' enter l c ' a", on: &state)
    #expect(state.view == .cluster && state.selection == marked)
    #expect(state.places.map(\.view) == [.network, .layer, .cluster])
    play("^o", on: &state)
    #expect(state.view == .classes)
    play("' b", on: &state)
    #expect(state.view == .classes && state.message?.contains("no mark b") == true)
  }

  @Test func `palette and keys have the same names`() {
    var state = settledState(after: "enter : 'set-mark' space 'q' enter")
    #expect(state.placeMarks.map(\.letter) == ["q"])
    play("esc : 'marks' space 'q' enter", on: &state)
    #expect(state.view == .layer)
    play(": 'set-mark' space '7' enter", on: &state)
    #expect(state.placeMarks.count == 1 && state.message?.contains("a to z") == true)
  }

  @Test func `the list shows marks and places, and leads to the one chosen`() {
    var state = settledState(after: "l l l enter M k c '")
    let text = frame(state).text()
    #expect(text.contains("layer reduce") && text.contains("k"))
    play("down enter", on: &state)
    #expect(state.view == .layer && state.prompt == nil)
    #expect(settledState(after: "'").prompt == nil)
  }

  @Test func `marks are kept with the session`() throws {
    let first = settledState(hashed(), after: "l l l enter enter enter M n")
    let session = try #require(first.savedSession)
    #expect(session.marks?.map(\.letter) == ["n"])
    var second = settledState(hashed())
    answer(update(&second, .sessionFound(session)), &second)
    play(": 'network' enter ' n", on: &second)
    #expect(second.view == .neuron && second.layer?.name == "reduce")
  }

  @Test func `a mark that does not fit is refused or brought in`() {
    var state = settledState()
    var wild = Selection()
    (wild.layer, wild.neuron, wild.image, wild.classIndex, wild.item) = (-4, 9999, -1, 1 << 40, -7)
    for view in ExplorerView.allCases {
      state.go(to: PlaceMark(letter: "w", view: view.rawValue, layer: nil, selection: wild))
      #expect(state.selection.neuron >= 0 && state.selection.item == 0)
      _ = frame(state)
      play("j enter esc", on: &state)
    }
    state.go(to: PlaceMark(letter: "w", view: "layer", layer: "gone", selection: wild))
    #expect(state.message?.contains("another network") == true)
    state.go(to: PlaceMark(letter: "w", view: "moon", layer: nil, selection: wild))
    #expect(state.message?.contains("another network") == true)
  }
}
