import Tensors
import Testing

@testable import ModelFiles

@Suite struct LevelScalingTests {
  @Test(arguments: [1, 2, 3, 4], [0, 1, 15, 16, 17, 33, 70])
  func `every level gets its value, to the bit, in vectors of any width`(step: Int, count: Int) {
    var random = SeededGenerator(seed: UInt64(step * 100 + count))
    for _ in 0..<10 {
      let first = Int.random(in: 0..<step, using: &random)
      // Nothing behind the last level.
      let levels = (0..<max(0, first + (count - 1) * step + 1)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      let scaling = LevelScaling(
        scale: Bool.random(using: &random) ? 1 : 1 / 255,
        mean: Float.random(in: -2...200, using: &random),
        deviation: Float.random(in: 0.1...90, using: &random))
      for variant in VectorVariant.allCases {
        var values = [Float](repeating: -7, count: count + 5)
        var target = values.mutableSpan
        scaling.write(
          levels.span, from: first, step: step, to: &target, at: 2..<count + 2, variant: variant)
        #expect(values.prefix(2) == [-7, -7] && values.suffix(3) == [-7, -7, -7])
        for place in 0..<count {
          let expected = scaling.value(of: levels[first + place * step])
          #expect(values[place + 2].bitPattern == expected.bitPattern)
        }
      }
    }
  }
}
