import Atlases
import Testing

struct ClassFiguresTests {
  /// Bounds as in R's `binom::binom.confint(method = "wilson")`.
  @Test(arguments: [(10, 10, 0.7225, 1.0), (8, 10, 0.4902, 0.9433), (0, 20, 0.0, 0.1611)])
  func `Wilson's interval`(right: Int, count: Int, low: Double, high: Double) throws {
    let interval = try #require(ClassFigures(count: count, correct: right).interval)
    #expect(abs(interval.lowerBound - low) < 5e-4)
    #expect(abs(interval.upperBound - high) < 5e-4)
  }

  @Test func `no image, no accuracy`() {
    #expect(ClassFigures(count: 0, correct: 0).accuracy == nil)
    #expect(ClassFigures(count: 0, correct: 0).interval == nil)
  }
}
