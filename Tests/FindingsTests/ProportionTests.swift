import Testing

@testable import Findings

@Suite struct ProportionTests {
  @Test func `bounds are Wilson's`() {
    let few = Proportion(2, of: 10)
    #expect(abs(few.lower - 0.0567) < 1e-3 && abs(few.upper - 0.5098) < 1e-3)
    let many = Proportion(500, of: 1000)
    #expect(abs(many.lower - 0.4691) < 1e-3 && abs(many.upper - 0.5309) < 1e-3)
  }

  @Test func `nothing proves nothing`() {
    let nothing = Proportion(0, of: 0)
    #expect(nothing.share == 0 && nothing.lower == 0 && nothing.upper == 1)
  }
}
