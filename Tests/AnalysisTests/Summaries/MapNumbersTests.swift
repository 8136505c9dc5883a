import Tensors
import Testing

@testable import Analysis

@Suite struct MapNumbersTests {
  private let images = 2
  private let neurons = 11
  private let height = 5
  private let width = 7
  private var positions: Int { height * width }

  /// Images × neurons × positions, with planted ties.
  private func values(seed: UInt64) -> [Float] {
    var random = SeededGenerator(seed: seed)
    return (0..<images * neurons * positions).map { _ in
      Float(Int.random(in: -9...6, using: &random)) / 4
    }
  }

  /// The same values as `place` puts them; what is left over is very large.
  private func arranged(
    _ values: [Float], count: Int, _ place: (_ image: Int, _ neuron: Int, _ position: Int) -> Int
  ) -> [Float] {
    var result = [Float](repeating: 1e6, count: count)
    for index in values.indices {
      let (map, position) = index.quotientAndRemainder(dividingBy: positions)
      result[place(map / neurons, map % neurons, position)] = values[index]
    }
    return result
  }

  private func numbers(
    _ values: [Float], shape: [Int], axis: Int = 1, block: Int = 1
  ) -> [Float]? {
    var result = [Float](repeating: 0, count: images * neurons * MapNumbers.perNeuron)
    var span = result.mutableSpan
    let isDone = MapNumbers.fill(
      &span, from: values.span, shape: shape, channelAxis: axis, neuronCount: neurons,
      blockSize: block)
    return isDone ? result : nil
  }

  private func expectRight(_ found: [Float]?, _ values: [Float]) throws {
    let found = try #require(found)
    for map in 0..<images * neurons {
      let one = values[map * positions..<(map + 1) * positions]
      let largest = one.max() ?? 0
      let place = (one.firstIndex(of: largest) ?? 0) - one.startIndex
      let mean = one.map(Double.init).reduce(0, +) / Double(positions)
      let center = one[one.startIndex + height / 2 * width + width / 2]
      let first = map * MapNumbers.perNeuron
      #expect(abs(Double(found[first]) - mean) <= 1e-6 * max(1, abs(mean)))
      #expect(
        Array(found[first + 1..<first + 5])
          == [largest, Float(place / width), Float(place % width), center])
    }
  }

  @Test(arguments: UInt64(0)..<10)
  func `all memory layouts give the numbers of plain loops`(seed: UInt64) throws {
    let values = values(seed: seed)
    try expectRight(numbers(values, shape: [images, neurons, height, width]), values)
    let last = arranged(values, count: values.count) { image, neuron, position in
      (image * positions + position) * neurons + neuron
    }
    try expectRight(numbers(last, shape: [images, height, width, neurons], axis: 3), values)
    for block in [8, 16] {
      let padded = (neurons + block - 1) / block * block
      let blocked = arranged(values, count: images * padded * positions) {
        image, neuron, position in
        ((image * padded / block + neuron / block) * positions + position) * block
          + neuron % block
      }
      try expectRight(
        numbers(blocked, shape: [images, padded, height, width], block: block), values)
    }
  }

  @Test func `shapes that hold no such maps are refused`() {
    let values = values(seed: 1)
    #expect(numbers(values, shape: [images, neurons, height]) == nil)
    #expect(numbers(values, shape: [images, neurons + 1, height, width]) == nil)
    #expect(numbers(values, shape: [images, neurons, height, width], block: 8) == nil)
    #expect(numbers(values, shape: [images, neurons, height, width, 1]) == nil)
  }
}
