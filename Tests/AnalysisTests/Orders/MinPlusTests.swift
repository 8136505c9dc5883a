import Tensors
import Testing

@testable import Analysis

struct MinPlusTests {
  /// Every width around that of a tile, blocks that start anywhere, odd numbers of rows.
  @Test(arguments: [1, 2, 15, 16, 17, 33], [1, 2, 5, 8])
  func `each value is the least of its sums`(columnCount: Int, rowCount: Int) {
    for variant in VectorVariant.allCases {
      check(columnCount, rowCount, variant)
    }
  }

  private func check(_ columnCount: Int, _ rowCount: Int, _ variant: VectorVariant) {
    var random = SeededGenerator(seed: UInt64(columnCount * 8 + rowCount))
    let (depth, stride) = (7, 40)
    let table = (0..<stride * 10).map { _ in Float.random(in: 0...2, using: &random) }
    let weights = (0..<stride * 10).map { _ in Float.random(in: 0...2, using: &random) }
    var results = Array(repeating: Float(-1), count: stride * 11)
    let (left, right, target) = (stride + 3, 2 * stride + 5, stride + 2)
    var product = MinPlus(depth: depth, variant: variant)
    product.multiply(
      MinPlus.Shape(rowCount: rowCount, columnCount: columnCount, depth: depth),
      weights.span, MinPlus.Block(start: left, stride: stride),
      table.span, MinPlus.Block(start: right, stride: stride),
      into: &results, MinPlus.Block(start: target, stride: stride))
    for place in results.indices {
      let (row, column) = ((place - target) / stride, (place - target) % stride)
      guard place >= target, row < rowCount, column < columnCount else {
        #expect(results[place] == -1)
        continue
      }
      let sums = (0..<depth).map {
        weights[left + row * stride + $0] + table[right + $0 * stride + column]
      }
      #expect(results[place] == sums.min())
    }
  }

  @Test func `sums that are no number are passed over`() {
    for variant in VectorVariant.allCases {
      let weights = [Float](repeating: 1, count: 8)
      let table: [Float] = [.nan, 3]
      var results: [Float] = [0, 0, 0, 0]
      var product = MinPlus(depth: 2, variant: variant)
      product.multiply(
        MinPlus.Shape(rowCount: 4, columnCount: 1, depth: 2),
        weights.span, MinPlus.Block(start: 0, stride: 2),
        table.span, MinPlus.Block(start: 0, stride: 1),
        into: &results, MinPlus.Block(start: 0, stride: 1))
      #expect(results == [4, 4, 4, 4])
    }
  }

  @Test func `nothing to choose from is infinitely far`() {
    var results: [Float] = [0, 0]
    var product = MinPlus(depth: 0)
    let block = MinPlus.Block(start: 0, stride: 2)
    let nothing: [Float] = []
    product.multiply(
      MinPlus.Shape(rowCount: 1, columnCount: 2, depth: 0), nothing.span, block, nothing.span,
      block, into: &results, block)
    #expect(results == [.infinity, .infinity])
  }
}
