import Atlases
import Canvas
import Testing

@testable import Explorer

struct RunFreshnessTests {
  private func state(
    newest: Double?, now: Double?, watching: RunWatching? = RunWatching(isPolling: false)
  ) -> RunState {
    var run = plantedRun()
    for place in run.checkpoints.indices {
      run.checkpoints[place].modified = newest.map { $0 - Double(100 * (7 - place)) }
    }
    var state = RunState(
      run: run, context: RenderContext(size: ScreenSize(height: 24, width: 120), theme: Theme()))
    if let watching { updateRun(&state, .watching(watching)) }
    if let now { updateRun(&state, .clock(now)) }
    return state
  }

  private func header(_ state: RunState, width: Int = 120) -> String {
    var grid = CellGrid(height: 24, width: width)
    renderRun(state, into: &grid)
    return grid.text().split(separator: "\n").first.map(String.init) ?? ""
  }

  @Test(arguments: [
    (0.0, "0 s"), (12.4, "12 s"), (59.9, "59 s"), (61, "1 min"), (3599, "59 min"), (7300, "2 h"),
    (172_800, "2 days"), (-5, "0 s"),
  ])
  func `the header tells how old the newest checkpoint is`(age: Double, text: String) {
    let shown = header(state(newest: 1000, now: 1000 + age))
    #expect(shown.hasSuffix("newest checkpoint \(text) ago · watching"), "\(shown)")
  }

  @Test func `on a narrow screen it tells it in fewer words`() {
    let state = state(newest: 1000, now: 1012)
    #expect(header(state, width: 60).hasSuffix("newest 12 s ago · watching"))
    #expect(header(state, width: 40).hasSuffix(" 12 s ago"))
  }

  @Test func `it wakes when the age reads differently`() {
    #expect(state(newest: 1000, now: 1012.25).secondsUntilOlder == 0.75)
    #expect(state(newest: 1000, now: 1090).secondsUntilOlder == 30)
    #expect(state(newest: 0, now: 3_600 + 600).secondsUntilOlder == 3000)
    #expect(state(newest: 1000, now: 1012, watching: nil).secondsUntilOlder == nil)
    #expect(state(newest: nil, now: 1012).secondsUntilOlder == nil)
  }

  @Test func `what is being written is named`() {
    let status = RunWatching(isPolling: true, writing: ["epoch_09.pt", "last.pt"])
    #expect(
      header(state(newest: 1000, now: 1012, watching: status))
        .hasSuffix("epoch_09.pt and 1 more are being written"))
    let polling = RunWatching(isPolling: true)
    #expect(header(state(newest: 1000, now: 1012, watching: polling)).hasSuffix("ago · polling"))
  }

  @Test func `nothing is said where nothing is watched`() {
    #expect(!header(state(newest: 1000, now: 1012, watching: nil)).contains("ago"))
  }
}
