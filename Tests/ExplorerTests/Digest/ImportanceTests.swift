import Analysis
import Tensors
import Testing

@testable import Explorer

struct ImportanceTests {
  private func statistics(_ means: [Float], classes: Int, counts: [Int]) -> ActivationStatistics {
    let rows = means.count / classes
    let matrix = Matrix(rowCount: rows, columnCount: classes, values: means)
    return ActivationStatistics(
      imageCount: counts.reduce(0, +), classCounts: counts, meanOfMean: matrix, meanOfMax: matrix,
      secondMomentOfMean: matrix, secondMomentOfMax: matrix, firingShare: matrix,
      topPatches: (0..<rows).map { [TopPatch(image: 0, y: 0, x: 0, value: Float($0) + 0.5)] },
      classBest: Array(repeating: nil, count: means.count),
      health: Array(
        repeating: NeuronHealth(isDead: false, isSaturated: false, nonFiniteCount: 0),
        count: rows))
  }

  @Test func `mean activation weighs classes by their images`() {
    let values = Importance.activation.values(
      statistics([4, 0, 1, 1], classes: 2, counts: [1, 3]))
    #expect(values == [1, 1])
  }

  @Test func `selectivity is the best class's distance in standard deviations`() {
    let values = Importance.selectivity.values(
      statistics([3, 0, 0, 0, 5, 5, 5, 5], classes: 4, counts: [1, 1, 1, 1]))
    #expect(abs(values[0] - 3.0.squareRoot()) < 1e-9)
    #expect(values[1] == 0)
  }

  @Test func `without classes only the strongest activation is known`() {
    let none = statistics([], classes: 1, counts: [0])
    #expect(Importance.activation.values(none).isEmpty)
    let one = statistics([2], classes: 1, counts: [0])
    #expect(Importance.activation.values(one)[0].isNaN)
    #expect(Importance.selectivity.values(one)[0].isNaN)
    #expect(Importance.peak.values(one) == [0.5])
  }

  @Test func `the key goes round all of them`() {
    #expect(Importance.allCases.allSatisfy { $0.next.next.next == $0 && $0.next != $0 })
  }
}
