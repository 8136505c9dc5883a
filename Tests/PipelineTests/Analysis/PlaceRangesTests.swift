import Tensors
import Testing

@testable import Pipeline

@Suite struct PlaceRangesTests {
  @Test(arguments: UInt64(0)..<60)
  func `a set of ranges holds what a set of places holds`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var (ranges, places) = (PlaceRanges(), Set<Int>())
    for _ in 0..<20 {
      let start = Int.random(in: 0..<90, using: &random)
      let range = start..<start + Int.random(in: 0...9, using: &random)
      ranges.insert(range)
      places.formUnion(range)
    }
    #expect(ranges.ranges.flatMap { Array($0) } == places.sorted())
    #expect(ranges.count == places.count)
    for (left, right) in zip(ranges.ranges, ranges.ranges.dropFirst()) {
      #expect(left.upperBound < right.lowerBound)
    }
    let start = Int.random(in: 0..<50, using: &random)
    let window = start..<start + 40
    #expect(
      ranges.missing(in: window).flatMap { Array($0) } == window.filter { !places.contains($0) })
  }
}
