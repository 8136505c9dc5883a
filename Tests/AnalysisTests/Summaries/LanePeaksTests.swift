import Tensors
import Testing

@testable import Analysis

struct LanePeaksTests {
  private func peaks(
    _ values: [Float], starts: [Int] = [0], count: Int, stride: Int = 8,
    _ variant: VectorVariant = .widest
  ) -> LanePeaks {
    var peaks = LanePeaks(starts: starts, variant: variant)
    peaks.find(in: values.span, count: count, stride: stride)
    return peaks
  }

  @Test(arguments: 1...9, [1, 2, 15, 16, 17, 40])
  func `panels anywhere give the numbers of plain loops, in vectors of any width`(
    panels: Int, count: Int
  ) {
    var random = SeededGenerator(seed: UInt64(panels * 100 + count))
    for stride in [8, 16, 19] {
      let starts = (0..<panels).map { _ in Int.random(in: 0..<50, using: &random) }
      // Few different values, so that maxima are reached more than once.
      let values = (0..<50 + count * stride).map { _ in
        Float(Int.random(in: -3...3, using: &random)) * 0.37
      }
      let found = VectorVariant.allCases.map {
        peaks(values, starts: starts, count: count, stride: stride, $0)
      }
      #expect(found[0].sums.map(\.bitPattern) == found[1].sums.map(\.bitPattern))
      #expect(found[0].maxima == found[1].maxima && found[0].positions == found[1].positions)
      for (panel, start) in starts.enumerated() {
        for lane in 0..<8 {
          let map = (0..<count).map { values[start + lane + $0 * stride] }
          let place = panel * 8 + lane
          let largest = map.max() ?? 0
          #expect(abs(found[1].sums[place] - map.reduce(0.0) { $0 + Double($1) }) < 1e-4)
          #expect(found[1].maxima[place] == largest)
          #expect(Int(found[1].positions[place]) == map.firstIndex(of: largest))
        }
      }
    }
  }

  @Test(arguments: VectorVariant.allCases)
  func `a value that is not a number spoils the sum and not the maximum`(
    variant: VectorVariant
  ) {
    var lanes = [Float](repeating: -2, count: 8 * 40)
    lanes[3] = .nan
    let found = peaks(lanes, count: 40, variant)
    #expect(found.sums[3].isNaN && found.maxima[3] == -2 && found.positions[3] == 1)
    #expect(found.sums[2] == -80 && found.positions[2] == 0)
    let nothing = peaks(Array(repeating: .nan, count: 16), count: 2, variant)
    #expect(nothing.maxima.allSatisfy { $0 == -.infinity })
    #expect(nothing.positions.allSatisfy { $0 == 0 })
  }

  @Test func `a large map of one sign is summed to a millionth`() {
    let lanes = (0..<80_000).map { Float(1 + $0 / 8 % 7) * 0.1 }
    let sum = stride(from: 0, to: lanes.count, by: 8).map { Double(lanes[$0]) }.reduce(0, +)
    #expect(abs(peaks(lanes, count: 10_000).sums[5] - sum) <= 1e-6 * sum)
  }

  @Test func `no panels are no work`() {
    #expect(peaks([1, 2], starts: [], count: 5).sums.isEmpty)
  }
}
