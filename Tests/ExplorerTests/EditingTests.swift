import Analysis
import Atlases
import Canvas
import Networks
import Tensors
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
    let late = RegroupAnswer(request: stale, result: .divided([[0], [4]], nil))
    _ = update(&state, .regrouped(late))
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
    let parts = RegroupAnswer(request: request, result: .divided([[0, 8], [4, 12]], nil))
    let effects = update(&state, .regrouped(parts))
    #expect(effects.contains { if case .regroup = $0 { true } else { false } })
    #expect(frame(state).text().contains("being ordered"))
    answer(effects, &state)
    #expect(!frame(state).text().contains("being ordered"))
  }

  /// What `x` asks for in the layer `reduce`, and the state that waits for it.
  private func split() -> (ExplorerState, RegroupRequest)? {
    var state = settledState(after: "/ 'reduce' enter enter g")
    let effects = update(&state, .key(.character("x")))
    for case .regroup(let request) in effects { return (state, request) }
    return nil
  }

  @Test func `an order that comes along is shown at once, how good it is when known`() throws {
    var (state, request) = try #require(split())
    let parts = [[0, 8], [4, 12]]
    let clustering = try #require(request.frame).filled(with: parts).clustering(method: "planted")
    var order = plantedOrder(clustering)
    order.rows.lowerBound = nil
    let effects = update(
      &state, .regrouped(RegroupAnswer(request: request, result: .divided(parts, order))))
    #expect(!effects.contains { if case .regroup = $0 { true } else { false } })
    #expect(state.atlas.layers[3].rowOrder == order.rows && state.isWaiting)
    #expect(!frame(state).text().contains("path 2.00,"))
    let figures = TwoLevelOrder.Figures(lowerBound: 1, antiRobinson: 0.25)
    let others = RegroupAnswer(
      request: request, result: .measured(figures, labels: Array(repeating: 0, count: 16)))
    _ = update(&state, .regrouped(others))
    #expect(state.atlas.layers[3].rowOrder?.lowerBound == nil, "figures of other clusters")
    let own = RegroupAnswer(
      request: request, result: .measured(figures, labels: clustering.labels))
    _ = update(&state, .regrouped(own))
    #expect(state.atlas.layers[3].rowOrder == order.rows.with(figures) && !state.isWaiting)
    #expect(frame(state).text().contains("path 2.00,"))
  }

  @Test func `an order of clusters that were changed meanwhile is not taken`() throws {
    var (state, request) = try #require(split())
    let parts = [[0, 8], [4, 12]]
    let clustering = try #require(request.frame).filled(with: parts).clustering(method: "planted")
    play(": 'merge' space 'B' space 'C' enter", on: &state)
    let effects = update(
      &state,
      .regrouped(
        RegroupAnswer(request: request, result: .divided(parts, plantedOrder(clustering)))))
    #expect(effects.contains { if case .regroup = $0 { true } else { false } })
    #expect(members(state).contains([0, 8]) && members(state).count == 4)
  }
}
