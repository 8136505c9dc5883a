import Atlases
import Canvas
import Networks
import TestSupport
import Testing

@testable import Explorer

/// From the run screen into the explorer at a checkpoint, and through time.
struct RunMomentTests {
  private let size = ScreenSize(height: 24, width: 80)

  private func run(pressing keys: [Key], _ run: TrainingRun = plantedRun()) -> (
    RunState, [RunEffect]
  ) {
    var state = RunState(run: run, context: RenderContext(size: size, theme: Theme()))
    var effects: [RunEffect] = []
    for key in keys { effects += updateRun(&state, .key(key)) }
    return (state, effects)
  }

  /// The explorer on neuron 3 of the planted network's third layer, at the sixth of eight
  /// checkpoints.
  private func explorer(_ place: Int = 5) -> ExplorerState {
    var state = ExplorerState(
      atlas: PlantedAtlas.make(), context: RenderContext(size: size, theme: Theme()),
      at: RunMoment(label: "\(place)", place: place, count: 8),
      RunTarget(layer: PlantedNetwork.make().layers[2].name, neuron: 3))
    answer(update(&state, .resized(size)), &state)
    return state
  }

  /// Checkpoints that a key asks to step by.
  private func steps(_ key: Key, _ state: inout ExplorerState) -> [Int] {
    update(&state, .key(key)).compactMap {
      if case .stepCheckpoint(let count) = $0 { count } else { nil }
    }
  }

  private func frame(_ state: ExplorerState) -> CellGrid {
    var grid = CellGrid(height: size.height, width: size.width)
    render(state, into: &grid)
    return grid
  }

  @Test func `the way in ends at the neuron's own screen`() {
    let (state, effects) = run(pressing: [.down, .enter, .down, .down, .enter, .left, .enter])
    let opening = RunOpening(
      fileName: "epoch_06.onnx", target: RunTarget(layer: "features.conv2", neuron: 2))
    #expect(effects == [.open(opening)])
    #expect(state.opening == opening)
  }

  @Test func `o opens the layer, or the neuron where neurons show`() {
    #expect(
      run(pressing: [.character("o")]).1 == [
        .open(
          RunOpening(
            fileName: "epoch_07.onnx", target: RunTarget(layer: "features.conv1", neuron: nil)))
      ])
    #expect(
      run(pressing: [.enter, .down, .character("o")]).1 == [
        .open(
          RunOpening(
            fileName: "epoch_07.onnx", target: RunTarget(layer: "features.conv1", neuron: 1)))
      ])
  }

  @Test func `what cannot be opened is told, and Esc takes a wish back`() {
    var damaged = plantedRun()
    damaged.checkpoints[7].problem = "it is cut off"
    let (state, effects) = run(pressing: [.character("o")], damaged)
    #expect(effects.isEmpty)
    #expect(state.message?.contains("it is cut off") == true)
    let (taken, _) = run(pressing: [.character("o"), .escape])
    #expect(taken.opening == nil)
    var (refused, _) = run(pressing: [.character("o")])
    updateRun(&refused, .unavailable(fileName: "epoch_07.onnx", reason: "it has no graph"))
    #expect(refused.opening == nil && refused.message?.contains("it has no graph") == true)
  }

  @Test func `the run follows to what was looked at`() {
    var (state, _) = run(pressing: [.enter])
    updateRun(
      &state,
      .returned(fileName: "epoch_03.onnx", RunTarget(layer: "features.conv3", neuron: 9)))
    #expect((state.checkpoint, state.layer, state.neuron) == (3, 2, 9))
  }

  @Test func `one key steps through time and keeps the place`() {
    var state = explorer()
    #expect(state.view == .neuron)
    #expect(frame(state).text().contains("checkpoint 5, 6 of 8"))
    #expect(steps(.character(">"), &state) == [1])
    let later = RunMoment(label: "6", place: 6, count: 8)
    answer(update(&state, .checkpointOpened(PlantedAtlas.make(seed: 2), later)), &state)
    #expect(state.moment == later && state.message == nil)
    #expect(state.target == RunTarget(layer: PlantedNetwork.make().layers[2].name, neuron: 3))
    #expect(steps(.character("<"), &state) == [-1])
    #expect(frame(state).text().contains("checkpoint 6, 7 of 8"))
    #expect(frame(state).text().contains("cluster"))
  }

  @Test func `time ends at the first and at the last checkpoint`() {
    var last = explorer(7)
    #expect(steps(.character(">"), &last) == [])
    #expect(last.message == "this is the last checkpoint")
    // Another one came.
    _ = update(&last, .runChanged(RunMoment(label: "7", place: 7, count: 9)))
    #expect(steps(.character(">"), &last) == [1])
    var first = explorer(0)
    #expect(steps(.character("<"), &first) == [])
  }

  @Test func `the way out leads back to the run, ctrl-C to the shell`() {
    var state = explorer()
    _ = update(&state, .key(.escape))
    #expect(state.hasQuit && !state.quitsProgram)
    var quitting = explorer()
    _ = update(&quitting, .key(.control("c")))
    #expect(quitting.hasQuit && quitting.quitsProgram)
  }

  @Test func `outside a run there is no time to step through`() {
    var state = settledState()
    #expect(steps(.character(">"), &state) == [])
    #expect(state.message?.contains("convscope run") == true)
    #expect(!frame(settledState(after: "?")).text().contains("checkpoint"))
  }

  @Test(arguments: [ScreenSize(height: 24, width: 80), ScreenSize(height: 50, width: 200)])
  func `a neuron at a checkpoint`(size: ScreenSize) {
    var state = explorer()
    answer(update(&state, .resized(size)), &state)
    var grid = CellGrid(height: size.height, width: size.width)
    render(state, into: &grid)
    expectFrame(grid, "run-neuron-\(size.width)x\(size.height)", theme: state.context.theme)
  }
}
