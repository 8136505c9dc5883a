import Atlases
import Canvas
import Tensors
import Testing

@testable import Explorer

/// What is worked out beside the loop, and when it arrives, changes no finished frame.
struct ScreenWorkTests {
  /// Keys that come faster than answers end on the screen that patient typing leads to.
  @Test(arguments: UInt64(0)..<24)
  func `hasty and patient typing end on the same screen`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let choice = "h j k l j k l g G e * _ 1 2 4 5 z s o i w [ ] enter enter tab esc esc pgdn n"
      .split(separator: " ").map(String.init)
    let script = (0..<14).compactMap { _ in choice.randomElement(using: &random) }
    let size = [(24, 80), (50, 200), (16, 60)][Int(seed % 3)]
    let patient = settledState(
      height: size.0, width: size.1, after: script.joined(separator: " "))

    var hasty = settledState(height: size.0, width: size.1)
    var late: [ExplorerEffect] = []
    for key in script.flatMap(keys) {
      late = update(&hasty, .key(key))
      if Int.random(in: 0..<4, using: &random) == 0 { answer(late, &hasty) }
    }
    answer(late + [.workOut(number: hasty.workNumber)], &hasty)
    answer([.loadImages(neededImages(hasty))], &hasty)
    #expect(frame(hasty).text() == frame(patient).text(), "\(script)")
    #expect(hasty.scrolls == patient.scrolls)
  }

  @Test func `a new pane shows its clusters at once and the rest when it is there`() {
    var state = settledState(after: "*")
    let whole = frame(settledState(after: "* G")).text()
    let effects = update(&state, .key(.character("G")))
    let (lacksPieces, clusterCount) = (state.lacksPieces, state.digest?.clusters.count ?? 0)
    #expect(lacksPieces && clusterCount > 1)
    let first = frame(state).text()
    #expect(first != whole)
    answer(effects, &state)
    let isDone = !state.lacksPieces
    #expect(isDone)
    #expect(frame(state).text() == whole)
  }

  @Test func `pieces of another revision are dropped`() {
    var state = settledState(height: 50, width: 200)
    let old = workedOut(state, number: state.workNumber)
    state.forget()
    _ = update(&state, old)
    #expect(state.bundles.isEmpty && state.packings.isEmpty)
  }

  @Test func `the old picture stays until the new one is whole`() {
    var state = settledState(height: 50, width: 200, after: "*")
    let before = frame(state)
    let fresh = PlantedAtlas.make(images: 100, seed: 9)
    let effects = update(&state, .atlasRefreshed(fresh))
    let wasOutdated = state.isOutdated
    #expect(wasOutdated)
    // The header tells of the new images, the panes are still those of the old ones.
    let lines = { (grid: CellGrid) in grid.text().split(separator: "\n").dropFirst().joined() }
    #expect(lines(frame(state)) == lines(before))
    var work = ScreenWork(state)
    _ = work.step()
    _ = update(
      &state, .workedOut(work.workings, number: state.workNumber, isComplete: false))
    #expect(lines(frame(state)) == lines(before))
    answer(effects, &state)
    let isOutdated = state.isOutdated
    #expect(!isOutdated)
    #expect(state.digest?.statistics == fresh.layers[0].statistics)
  }

  @Test func `pictures of clusters that an edit leaves alone stay`() throws {
    var state = settledState(height: 50, width: 200, after: "l l l")
    let layer = state.selection.layer
    let before = try #require(state.digest)
    let packed = state.packings.keys.filter { $0.layer == layer }
    play("enter", on: &state)
    state.run(.mergeClusters, argument: "A B")
    let after = try #require(state.digest)
    #expect(after.clusters.count == before.clusters.count - 1)
    #expect([after.isEdited, after.isFilled] == [true, true])
    var kept = 0
    for key in packed {
      let place = try #require(key.cluster)
      let members = before.clusters[place].members
      guard let now = after.clusters.firstIndex(where: { Set($0.members) == Set(members) })
      else { continue }
      var moved = key
      moved.cluster = now
      kept += state.packings[moved] == nil ? 0 : 1
    }
    #expect(kept == before.clusters.count - 2)
  }

  @Test func `screens that a key may lead to are made ready`() {
    var state = settledState(height: 50, width: 200, after: "*")
    var work = ScreenWork(state)
    repeat { while work.step() {} } while work.lookAhead()
    _ = update(&state, .workedOut(work.workings, number: state.workNumber, isComplete: true))
    for key in [Key.character("l"), .enter, .character("G")] {
      var next = state
      _ = update(&next, .key(key))
      let lacksPieces = next.lacksPieces
      #expect(!lacksPieces)
    }
  }
}
