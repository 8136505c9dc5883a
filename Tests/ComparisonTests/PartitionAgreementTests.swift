import Comparison
import Tensors
import Testing

struct PartitionAgreementTests {
  @Test func `the same groups under other names agree fully`() {
    #expect(adjustedRandIndex([0, 0, 1, 1, -1], [5, 5, 2, 2, 9]) == 1)
    #expect(adjustedRandIndex([0, 0, 0], [1, 1, 1]) == 1)
    #expect(adjustedRandIndex([3], [1]) == nil)
  }

  @Test func `a known value`() throws {
    // Hubert and Arabie's measure of these two, worked out by hand: (2 − 14/10) / (3 − 14/10)…
    let found = try #require(adjustedRandIndex([0, 0, 1, 1], [0, 0, 1, 2]))
    #expect(abs(found - 0.5714285714) < 1e-9)
  }

  @Test(arguments: UInt64(0)..<30)
  func `it agrees with counting pairs`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let a = (0..<12).map { _ in Int.random(in: 0..<3, using: &random) }
    let b = (0..<12).map { _ in Int.random(in: 0..<4, using: &random) }
    var (both, inA, inB, all) = (0.0, 0.0, 0.0, 0.0)
    for i in 0..<12 {
      for j in 0..<i {
        all += 1
        inA += a[i] == a[j] ? 1 : 0
        inB += b[i] == b[j] ? 1 : 0
        both += a[i] == a[j] && b[i] == b[j] ? 1 : 0
      }
    }
    let expected = (both - inA * inB / all) / ((inA + inB) / 2 - inA * inB / all)
    #expect(abs(try #require(adjustedRandIndex(a, b)) - expected) < 1e-9)
  }
}
