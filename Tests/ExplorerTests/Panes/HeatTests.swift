import Canvas
import Tensors
import Testing

@testable import Explorer

struct HeatTests {
  /// Values of both signs, some of them no numbers, and a row of zeros.
  private let values = Matrix(
    rowCount: 3, columnCount: 5,
    values: [1, -2, .nan, 4, 0.5, 0, 0, 0, 0, 0, .infinity, 3, 2, -1, 8])

  @Test(arguments: [HeatScale.row, .layer])
  func `bins show means of shares of the scale`(scale: HeatScale) {
    let paint = HeatPaint(HeatRange(values), scale, Theme())
    let order = [4, 2, 0, 3, 1]
    let bins = [0..<1, 1..<2, 2..<4, 4..<5, 0..<5]
    for neurons in [[0], [1], [2], [0, 2], [2, 1, 0]] {
      let shares = paint.shares(values, neurons: neurons[...], order: order, bins: bins)
      for (bin, share) in zip(bins, shares) {
        let each = neurons.flatMap { neuron in
          order[bin].compactMap {
            paint.range.share(values[neuron, $0], neuron: neuron, scale: scale)
          }
        }
        let mean = each.isEmpty ? Double.nan : each.reduce(0, +) / Double(each.count)
        #expect(share == mean || share.isNaN && mean.isNaN)
      }
    }
  }

  @Test(arguments: UInt64(0)..<8)
  func `classes that stand out are the highest above the mean`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    // Few different values, so that many are equal.
    let profile = (0..<30).map { _ in Float(random.next() % 5) }
    let mean = profile.reduce(0, +) / Float(profile.count)
    let expected = profile.indices.filter { profile[$0] > mean }
      .sorted { (profile[$1], $0) < (profile[$0], $1) }
    #expect(strongestClasses(profile) == Array(expected.prefix(3)))
  }
}
