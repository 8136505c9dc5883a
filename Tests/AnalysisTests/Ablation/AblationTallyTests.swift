import Analysis
import Tensors
import Testing

@Suite struct AblationTallyTests {
  @Test(arguments: UInt64(0)..<20)
  func `estimates are those of the textbook, in any order`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let images = (0..<37).map { _ in
      (
        change: Float.random(in: -4...4, using: &random), was: Bool.random(using: &random),
        now: Bool.random(using: &random)
      )
    }
    var (whole, first, second) = (AblationTally(), AblationTally(), AblationTally())
    for (index, image) in images.enumerated() {
      whole.add(scoreChange: image.change, wasCorrect: image.was, isCorrect: image.now)
      if index % 3 == 0 {
        first.add(scoreChange: image.change, wasCorrect: image.was, isCorrect: image.now)
      } else {
        second.add(scoreChange: image.change, wasCorrect: image.was, isCorrect: image.now)
      }
    }
    second.merge(first)
    #expect(second == whole)
    try expect(whole.scoreChange, images.map { Double($0.change) })
    try expect(
      whole.accuracyChange, images.map { ($0.now ? 1 : 0) - ($0.was ? 1 : 0) })
    #expect(whole.accuracyBefore == Double(images.count { $0.was }) / 37)
  }

  private func expect(_ estimate: Estimate, _ values: [Double]) throws {
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
    #expect(abs(try #require(estimate.mean) - mean) < 1e-9)
    let error = try #require(estimate.standardError)
    #expect(abs(error - (variance / Double(values.count)).squareRoot()) < 1e-9)
  }

  @Test func `one image has no error, none no mean, and NaN is left out`() {
    var tally = AblationTally()
    #expect(tally.scoreChange == Estimate(mean: nil, standardError: nil))
    tally.add(scoreChange: 2, wasCorrect: true, isCorrect: false)
    tally.add(scoreChange: .nan, wasCorrect: true, isCorrect: false)
    #expect(tally.scoreChange == Estimate(mean: 2, standardError: nil))
    #expect(tally.imageCount == 1 && tally.lostCount == 1 && tally.nonFiniteCount == 1)
  }
}
