import Analysis
import Tensors
import Testing

@testable import Explorer

struct FiguresTests {
  @Test func `selectivity, mean and spread of a planted neuron`() throws {
    let figures = try #require(NeuronFigures(statistics([4, 1, 1], [20, 2, 2]), neuron: 0))
    #expect(abs(figures.mean - 2) < 1e-9)
    #expect(abs(figures.standardDeviation - 2) < 1e-9)
    #expect(abs((figures.selectivity ?? 0) - 0.6) < 1e-9)
    #expect(figures.preferredClass == 0)
  }

  @Test func `signed values have no selectivity, unseen labels no figures`() {
    #expect(NeuronFigures(statistics([4, -1, 1], [20, 2, 2]), neuron: 0)?.selectivity == nil)
    var unseen = statistics([1, 1, 1], [1, 1, 1])
    unseen.classCounts = [0, 0, 0]
    #expect(NeuronFigures(unseen, neuron: 0) == nil)
  }

  private func statistics(_ means: [Float], _ squares: [Float]) -> ActivationStatistics {
    let row = { (values: [Float]) in Matrix(rowCount: 1, columnCount: 3, values: values) }
    return ActivationStatistics(
      imageCount: 30, classCounts: [10, 10, 10], meanOfMean: row(means), meanOfMax: row(means),
      secondMomentOfMean: row(squares), secondMomentOfMax: row(squares),
      firingShare: row([1, 1, 1]), topPatches: [[]], classBest: [nil, nil, nil],
      health: [NeuronHealth(isDead: false, isSaturated: false, nonFiniteCount: 0)])
  }
}
