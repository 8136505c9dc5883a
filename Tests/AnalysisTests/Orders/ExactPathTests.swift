import Tensors
import Testing

@testable import Analysis

struct ExactPathTests {
  private func distances(_ count: Int, seed: UInt64) -> SquareDistances {
    SquareDistances.cosine(ActivationProfiles(randomMatrix(count, 4, seed: seed)).unitRows)
  }

  @Test(arguments: 1...7, UInt64(0)..<6)
  func `it is as short as the shortest permutation`(count: Int, seed: UInt64) {
    let distances = distances(count, seed: seed)
    let order = ExactPath.order(count) { distances[$0, $1] }
    let best = permutations(Array(0..<count)).map { distances.pathLength($0) }.min() ?? 0
    #expect(order.sorted() == Array(0..<count) && order[0] <= order[count - 1])
    #expect(abs(distances.pathLength(order) - best) < 1e-6)
  }

  @Test(arguments: [2, 9, 12])
  func `vectors of any width give the same path`(count: Int) {
    for seed in UInt64(0)..<4 {
      let distances = distances(count, seed: seed)
      let orders = VectorVariant.allCases.map { variant in
        ExactPath.order(count, variant: variant) { distances[$0, $1] }
      }
      #expect(orders[0] == orders[1])
    }
  }

  @Test func `sixteen places on a line are walked from end to end`() {
    let places = (0..<16).map { Float($0 * 7 % 16) }
    let order = ExactPath.order(16) { abs(places[$0] - places[$1]) }
    let walked = order.map { places[$0] }
    #expect(walked == walked.sorted() || walked == walked.sorted(by: >))
  }

  @Test func `items at no distance are all visited`() {
    #expect(ExactPath.order(9) { _, _ in 0 }.sorted() == Array(0..<9))
  }

  @Test(arguments: [Float.infinity, .nan, -.infinity], 2...16)
  func `items without a distance are all visited`(distance: Float, count: Int) {
    #expect(ExactPath.order(count) { _, _ in distance }.sorted() == Array(0..<count))
    let one = ExactPath.order(count) { $0 == 0 || $1 == 0 ? distance : 1 }
    #expect(one.sorted() == Array(0..<count))
  }
}
