import Analysis
import Atlases
import Canvas
import Networks
import Testing

@testable import Explorer

/// Layer `reduce` of the planted network: 16 neurons, neuron *n* in cluster *n* mod 4.
struct EditingTests {
  private func opened(after script: String = "") -> ExplorerState {
    settledState(after: "/ 'reduce:A' enter \(script)")
  }

  private func members(_ state: ExplorerState) -> [[Int]] {
    state.grouping?.clusters.map(\.members) ?? []
  }

  @Test func `marked neurons move into the selected cluster`() {
    var state = settledState(after: "/ 'reduce:B' enter space")
    #expect(state.marks[3] == [1])
    play("/ 'reduce:C' enter v", on: &state)
    #expect(members(state) == [[0, 4, 8, 12], [5, 9, 13], [1, 2, 6, 10, 14], [3, 7, 11, 15]])
    #expect(state.marks.isEmpty && state.atlas.layers[3].grouping != nil)
  }

  @Test func `undo and redo have no limit and lead back exactly`() {
    var state = opened()
    let before = state.atlas
    var stages = [before.layers[3].clustering?.labels]
    for script in [
      "x", ": 'split' space '3' enter", ": 'recluster' space '5' enter", "+", "-", "p",
    ] {
      play(script, on: &state)
      stages.append(state.atlas.layers[3].clustering?.labels)
    }
    #expect(state.edits.past.count >= 4)
    let count = state.edits.past.count
    for _ in 0..<count + 3 { play("u", on: &state) }
    #expect(state.atlas.layers[3] == before.layers[3])
    for _ in 0..<count + 3 { play("^r", on: &state) }
    #expect(state.atlas.layers[3].clustering?.labels == stages.last)
  }

  @Test func `clusters merge by name`() {
    let state = opened(after: ": 'merge' space 'A' space 'C' enter")
    #expect(members(state) == [[0, 2, 4, 6, 8, 10, 12, 14], [1, 5, 9, 13], [3, 7, 11, 15]])
    #expect(opened(after: ": 'merge' space 'A' space 'Z' enter").message?.contains("Z") == true)
  }

  @Test func `a split takes the marked off, or halves`() {
    let halved = opened(after: "x")
    #expect(members(halved).prefix(2) == [[0, 8], [4, 12]])
    var state = settledState(after: "/ 'reduce:A' enter space x")
    #expect(members(state).prefix(2) == [[4, 8, 12], [0]])
    play("u", on: &state)
    #expect(members(state).first == [0, 4, 8, 12])
  }

  @Test func `pinned clusters outlive clustering anew`() {
    let state = opened(after: "p : 'recluster' space '2' enter")
    #expect(members(state).first == [0, 4, 8, 12] && members(state).count == 3)
    #expect(state.grouping?.clusters.first?.isPinned == true)
  }

  @Test func `names and notes show`() {
    let state = opened(after: ": 'rename' space 'sky' enter : 'note' space 'blue' enter")
    #expect(state.cluster?.title == "A sky" && state.cluster?.note == "blue")
    #expect(frame(state).text().contains("A sky"))
    #expect(frame(state).text().contains("blue"))
  }

  @Test func `an answer to an older request is dropped`() {
    var state = opened()
    let stale = RegroupRequest(layer: 3, number: 0, work: .divide([0, 4], into: 2))
    _ = update(&state, .regrouped(RegroupAnswer(request: stale, result: .divided([[0], [4]]))))
    #expect(state.atlas.layers[3].grouping == nil && state.edits.past.isEmpty)
  }

  @Test func `edits survive news of the analysis`() {
    var state = opened(after: ": 'merge' space 'A' space 'C' enter")
    answer(update(&state, .atlasRefreshed(PlantedAtlas.make(images: 100, seed: 2))), &state)
    #expect(members(state).first == [0, 2, 4, 6, 8, 10, 12, 14])
    play("u", on: &state)
    #expect(state.atlas.layers[3].grouping == nil)
    #expect(state.atlas.layers[3] == PlantedAtlas.make(images: 100, seed: 2).layers[3])
  }

  @Test func `until the new order is there the rows keep the old one, and the screen says so`() {
    var state = settledState(after: "/ 'reduce' enter enter g")
    for key in keys("x") { _ = update(&state, .key(key)) }
    let request = RegroupRequest(
      layer: 3, number: state.regroupNumber, work: .divide([0, 4, 8, 12], into: 2))
    let effects = update(&state, .regrouped(plantedAnswer(request)))
    #expect(effects.contains { if case .regroup = $0 { true } else { false } })
    #expect(frame(state).text().contains("being ordered"))
    answer(effects, &state)
    #expect(!frame(state).text().contains("being ordered"))
  }
}
