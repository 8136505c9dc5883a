import Atlases
import Canvas
import TestSupport
import Testing

@testable import Explorer

/// The run screen as recorded; `RECORD_FRAMES=1` records anew.
struct RunFrameTests {
  private func check(_ name: String, _ keys: [Key], height: Int, width: Int) {
    var run = plantedRun()
    run.sample = plantedSample
    for place in run.checkpoints.indices { run.checkpoints[place].modified = Double(60 * place) }
    var state = RunState(
      run: run,
      context: RenderContext(size: ScreenSize(height: height, width: width), theme: Theme()))
    updateRun(&state, .watching(RunWatching(isPolling: false)))
    updateRun(&state, .clock(432))
    for key in keys { updateRun(&state, .key(key)) }
    var grid = CellGrid(height: height, width: width)
    renderRun(state, into: &grid)
    expectFrame(grid, "\(name)-\(width)x\(height)", theme: state.context.theme)
  }

  @Test(arguments: [(24, 80), (50, 200)])
  func `layers by checkpoints`(height: Int, width: Int) {
    check("run-change", [], height: height, width: width)
    let dead: [Key] = [.character("m"), .character("m"), .down, .left]
    check("run-dead", dead, height: height, width: width)
  }

  @Test(arguments: [(24, 80), (50, 200)])
  func `neurons by checkpoints, and one neuron`(height: Int, width: Int) {
    let neurons: [Key] = [.character("m"), .character("m"), .down, .enter, .down]
    check("run-neurons", neurons, height: height, width: width)
    check("run-one-neuron", neurons + [.enter], height: height, width: width)
  }

  @Test(arguments: [(24, 80), (50, 200)])
  func `what is being opened, and help`(height: Int, width: Int) {
    check("run-opening", [.character("o")], height: height, width: width)
    check("run-help", [.character("?")], height: height, width: width)
  }
}
