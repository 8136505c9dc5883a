import Testing

@testable import Tensors

@Suite struct ExactSumTests {
  @Test(arguments: UInt64(0)..<50)
  func `any order and grouping gives the same bits`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let values = (0..<200).map { place in
      Double(Float.random(in: -1...1, using: &random)) * [1e-6, 1, 1e8][place % 3]
    }
    let whole = sum(values)
    let mixed = values.shuffled(using: &random)
    var merged = sum(Array(mixed[..<77]))
    #expect(merged != whole)
    merged.merge(sum(Array(mixed[77...])))
    #expect(merged == whole)
  }

  @Test(arguments: UInt64(0)..<20)
  func `the value is the nearest double`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for width in 0..<127 {
      let bits = Int128.random(in: 0...(Int128(1) << Int128(width)), using: &random)
      // Ties, and their neighbours: odd and even bits, then half a step, then a little.
      let half = width > 60 ? (bits >> 10) << 10 | Int128(1) << Int128(width - 54) : bits
      for units in [bits, -bits, half, -half, half + 1, half - 1] {
        #expect(ExactSum(units: units).value == Double(units) / ExactSum.unitsPerOne)
      }
    }
    for units in [Int128.max, .min, 0, 1, -1, Int128(UInt64.max), Int128(1) << 64] {
      #expect(ExactSum(units: units).value == Double(units) / ExactSum.unitsPerOne)
    }
  }

  @Test func `small integers sum to their sum`() {
    #expect(sum((1...100).map(Double.init)).value == 5050)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300])
  func `what cannot be added is refused and changes nothing`(value: Double) {
    var total = sum([1.5])
    let isAdded = total.add(value)
    #expect(!isAdded)
    #expect(total.value == 1.5)
  }

  private func sum(_ values: [Double]) -> ExactSum {
    var total = ExactSum()
    for value in values {
      let isAdded = total.add(value)
      #expect(isAdded)
    }
    return total
  }
}
