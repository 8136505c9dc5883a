import Tensors
import Testing

@testable import Analysis

@Suite struct MapReductionTests {
  @Test(arguments: [1, 7, 8, 9, 511, 512, 513, 520, 12_769])
  func `sum and maximum agree with plain loops at every length`(count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    let values = (0..<count).map { _ in Float.random(in: -1...3, using: &random) }
    let found = sumAndMaximum(values.span)
    let sum = values.map(Double.init).reduce(0, +)
    #expect(abs(found.sum - sum) <= 1e-6 * Double(count))
    #expect(found.maximum == values.max())
  }

  @Test func `a large map of one sign is summed to a millionth`() {
    let values = (0..<200_000).map { Float(1 + $0 % 7) * 0.1 }
    let sum = values.map(Double.init).reduce(0, +)
    #expect(abs(sumAndMaximum(values.span).sum - sum) <= 1e-6 * sum)
  }

  @Test(arguments: [[2, 3, 5], [4, 6], [1, 2, 3, 4]])
  func `channel first and last give the same maxima`(shape: [Int]) throws {
    var random = SeededGenerator(seed: 9)
    let first = try #require(FeatureMaps(shape: shape, channelAxis: 1))
    let lastShape = [shape[0]] + shape.dropFirst(2) + [shape[1]]
    let last = try #require(FeatureMaps(shape: lastShape, channelAxis: shape.count - 1))
    let values = (0..<first.valueCount).map { _ in Float.random(in: -1...1, using: &random) }
    var turned = values
    let (neurons, positions) = (first.neuronCount, first.positionCount)
    for image in 0..<shape[0] {
      for neuron in 0..<neurons {
        for position in 0..<positions {
          turned[(image * positions + position) * neurons + neuron] =
            values[(image * neurons + neuron) * positions + position]
        }
      }
    }
    var (a, b) = (MapReduction(), MapReduction())
    for image in 0..<shape[0] {
      a.reduce(values.span, first, image: image)
      b.reduce(turned.span, last, image: image)
      #expect(a.maxima == b.maxima)
      #expect(zip(a.means, b.means).allSatisfy { abs($0 - $1) < 1e-6 })
    }
  }

  @Test(arguments: [1, 2, 15, 16, 17, 31, 40, 200])
  func `the first of several equal values is found, wherever it is`(count: Int) {
    for place in 0..<count {
      var values = [Float](repeating: -1, count: count)
      values[place] = 3
      values[count - 1] = 3
      #expect(firstIndex(of: 3, in: values.span) == place)
    }
    #expect(firstIndex(of: 9, in: ([1, .nan, 2] as [Float]).span) == 2)
  }

  @Test(arguments: [3, 16, 40, 1000])
  func `a value that is not a number shows in the sum, not in the maximum`(count: Int) {
    for place in [0, count / 2, count - 1] {
      var values = [Float](repeating: -2, count: count)
      values[place] = .nan
      let found = sumAndMaximum(values.span)
      #expect(found.sum.isNaN && found.maximum == -2)
      values[place] = -.infinity
      #expect(sumAndMaximum(values.span).sum == -.infinity)
    }
  }
}
