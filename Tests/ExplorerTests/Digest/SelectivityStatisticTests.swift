import Analysis
import Canvas
import Tensors
import Testing

@testable import Explorer

struct SelectivityStatisticTests {
  @Test func `the cell under the cursor shows the class's z-score`() throws {
    let state = settledState(height: 50, width: 160, after: "l l l enter s s s l l")
    #expect(state.statistic == .selectivity)
    let digest = try #require(state.digest)
    let statistics = try #require(digest.statistics)
    let value = statistics.selectivityScores()[
      state.selection.neuron, state.selection.classIndex]
    #expect(value.isFinite)
    #expect(
      digest.values(.selectivity)?[state.selection.neuron, state.selection.classIndex] == value)
    #expect(frame(state).text().contains("z-score of spatial mean"))
  }

  @Test func `a class sorts clusters by how far it stands out`() throws {
    var state = settledState(after: "l l l enter s s s")
    state.sortClass = 2
    state.forget()
    play("j k", on: &state)
    let digest = try #require(state.digest)
    let scores = try #require(digest.statistics).selectivityScores(of: 2)
    let means = digest.clusters.filter { $0.label != -1 }.map { cluster in
      cluster.members.reduce(0) { $0 + (scores[$1].isFinite ? scores[$1] : 0) }
        / Double(cluster.members.count)
    }
    #expect(means.count > 1 && means == means.sorted(by: >))
  }

  @Test func `an image's own figure is the spatial mean`() {
    #expect(Statistic.selectivity.ofOneImage == .mean && Statistic.firing.ofOneImage == .firing)
    #expect(ScoreKey(layer: 1, statistic: .selectivity, isPinned: true).statistic == .mean)
  }
}
