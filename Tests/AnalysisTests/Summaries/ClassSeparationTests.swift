import Analysis
import Tensors
import Testing

struct ClassSeparationTests {
  /// Statistics of values given image by image; neurons × classes × images.
  private func statistics(_ values: [[[Double]]]) -> ActivationStatistics {
    func matrix(_ figure: ([Double]) -> Double) -> Matrix {
      Matrix(
        rowCount: values.count, columnCount: values[0].count,
        values: values.flatMap { $0.map { Float(figure($0)) } })
    }
    let mean = { (list: [Double]) in
      list.isEmpty ? 0 : list.reduce(0, +) / Double(list.count)
    }
    let means = matrix(mean)
    let squares = matrix { mean($0.map { $0 * $0 }) }
    return ActivationStatistics(
      imageCount: values[0].reduce(0) { $0 + $1.count }, classCounts: values[0].map(\.count),
      meanOfMean: means, meanOfMax: means, secondMomentOfMean: squares,
      secondMomentOfMax: squares, firingShare: means,
      topPatches: Array(repeating: [], count: values.count),
      classBest: Array(repeating: nil, count: values.count * values[0].count),
      health: Array(
        repeating: NeuronHealth(isDead: false, isSaturated: false, nonFiniteCount: 0),
        count: values.count))
  }

  @Test func `the effect is the difference in units of the spread`() throws {
    let found = ClassSeparation(
      statistics([[[1, 3], [5, 7]], [[5, 7], [1, 3]], [[2, 2], [2, 2]]]), first: 0, second: 1)
    let effects = try found.effects.map { try #require($0) }
    #expect(abs(effects[0] + 4) < 1e-5 && abs(effects[1] - 4) < 1e-5 && effects[2] == 0)
    #expect(found.imageCounts == (2, 2))
    #expect(try #require(found.meanMagnitude(of: [0, 1])) - 4 < 1e-5)
  }

  @Test func `without spread a difference is infinite, without images there is none`() {
    let certain = ClassSeparation(statistics([[[3, 3], [1, 1]]]), first: 0, second: 1)
    #expect(certain.effects == [.infinity])
    #expect(certain.meanMagnitude(of: [0]) == 10)
    let empty = ClassSeparation(statistics([[[3, 3], []]]), first: 0, second: 1)
    #expect(empty.effects == [nil] && empty.meanMagnitude(of: [0]) == nil)
  }

  @Test func `changing sides changes the sign only`() {
    let statistics = statistics([[[1, 2, 4], [2, 2, 3]], [[0, 1, 0], [5, 1, 0]]])
    let one = ClassSeparation(statistics, first: 0, second: 1)
    let other = ClassSeparation(statistics, first: 1, second: 0)
    #expect(one.effects.map { $0.map { -$0 } } == other.effects)
  }
}
