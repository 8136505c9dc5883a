import Networks
import Testing

@testable import Pipeline

@Suite struct EvidenceCheckpointsTests {
  @Test func `what was verified is kept, what was assumed is looked for with each that comes`() {
    for evidence in [Evidence.read, .verified] { #expect(!evidence.mayImprove(from: 1, to: 100)) }
    #expect(Evidence.assumed.mayImprove(from: 3, to: 4))
    #expect(!Evidence.assumed.mayImprove(from: 3, to: 3))
  }

  @Test func `where another way does as well, a growing run searches a logarithm of its length`() {
    var known = 1
    let searches = (2...100).filter { count in
      guard Evidence.inferred.mayImprove(from: known, to: count) else { return false }
      known = count
      return true
    }
    #expect(searches == [2, 4, 8, 16, 32, 64])
    #expect(!Evidence.inferred.mayImprove(from: 0, to: 1))
  }
}
