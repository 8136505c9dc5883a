import Tensors
import Testing

@testable import Explorer

struct HeatRowsTests {
  @Test(arguments: UInt64(0)..<200)
  func `rows cover every neuron once and mix clusters only in need`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var clusters: [Range<Int>] = []
    for _ in 0..<Int.random(in: 1...14, using: &random) {
      let start = clusters.last?.upperBound ?? 0
      clusters.append(start..<start + Int.random(in: 0...60, using: &random))
    }
    let count = clusters.last?.upperBound ?? 0
    let height = Int.random(in: 1...50, using: &random)
    let isZoomed = Bool.random(using: &random)
    let rows = HeatRows(clusters, height: height, zoomed: isZoomed)
    #expect(rows.rows.flatMap { Array($0) } == Array(0..<count))
    if !isZoomed { #expect(rows.rows.count <= height) }
    #expect(rows.isBinned == (!isZoomed && count > height))
    let used = clusters.filter { !$0.isEmpty }
    if used.count <= height {
      for row in rows.rows where !row.isEmpty {
        #expect(used.count { $0.overlaps(row) } == 1)
      }
    }
  }

  @Test(arguments: UInt64(0)..<100)
  func `shares add up and none is nothing`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let sizes = (0..<Int.random(in: 1...12, using: &random)).map { _ in
      Int.random(in: 1...90, using: &random)
    }
    let total = Int.random(in: sizes.count...sizes.reduce(0, +), using: &random)
    let shares = sharedOut(sizes, over: total)
    #expect(shares.reduce(0, +) == total)
    #expect(zip(shares, sizes).allSatisfy { $0 >= 1 && $0 <= $1 })
  }

  @Test func `bins are even`() {
    #expect(evenBins(7, into: 3) == [0..<2, 2..<4, 4..<7])
    #expect(evenBins(2, into: 5) == [0..<1, 1..<2])
    #expect(evenBins(3, into: 0).isEmpty)
  }
}
