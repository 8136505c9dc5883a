import Analysis
import Tensors
import Testing

@testable import Explorer

struct ImportanceTests {
  /// - Parameter spread: Variance within each class.
  private func statistics(
    _ means: [Float], classes: Int, counts: [Int], spread: Float = 0
  ) -> ActivationStatistics {
    let rows = means.count / classes
    let matrix = Matrix(rowCount: rows, columnCount: classes, values: means)
    let squares = Matrix(
      rowCount: rows, columnCount: classes, values: means.map { $0 * $0 + spread })
    return ActivationStatistics(
      imageCount: counts.reduce(0, +), classCounts: counts, meanOfMean: matrix, meanOfMax: matrix,
      secondMomentOfMean: squares, secondMomentOfMax: squares, firingShare: matrix,
      topPatches: (0..<rows).map { [TopPatch(image: 0, y: 0, x: 0, value: Float($0) + 0.5)] },
      classBest: Array(repeating: nil, count: means.count),
      health: Array(
        repeating: NeuronHealth(isDead: false, isSaturated: false, nonFiniteCount: 0),
        count: rows))
  }

  private func values(_ importance: Importance, _ statistics: ActivationStatistics) -> [Double] {
    importance.values(statistics, statistics.selectivityScores())
  }

  @Test func `mean activation weighs classes by their images`() {
    let values = values(.activation, statistics([4, 0, 1, 1], classes: 2, counts: [1, 3]))
    #expect(values == [1, 1])
  }

  @Test func `selectivity is the best class's distance in standard deviations of the images`() {
    let values = values(
      .selectivity,
      statistics(
        [3, 0, 0, 0, 5, 5, 5, 5], classes: 4, counts: [1, 1, 1, 1], spread: 1))
    // Mean 0.75; mean square (9 + 4 · 1) / 4 = 3.25, variance 3.25 − 0.5625.
    #expect(abs(values[0] - 2.25 / 2.6875.squareRoot()) < 1e-6)
    #expect(abs(values[1]) < 1e-6)
  }

  @Test func `without classes only the strongest activation is known`() {
    let none = statistics([], classes: 1, counts: [0])
    #expect(values(.activation, none).isEmpty)
    let one = statistics([2], classes: 1, counts: [0])
    #expect(values(.activation, one)[0].isNaN)
    #expect(values(.selectivity, one)[0].isNaN)
    #expect(values(.peak, one) == [0.5])
  }

  @Test func `the key goes round all of them`() {
    #expect(Importance.allCases.allSatisfy { $0.next.next.next.next == $0 && $0.next != $0 })
  }
}
