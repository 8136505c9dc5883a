import Tensors
import Testing

@testable import Analysis

@Suite struct ActivationSummaryTests {
  /// Images with planted ties, zeros and negative values.
  private struct Images {
    var maps: FeatureMaps
    var values: [Float]
    var columns: [Int?]

    init(seed: UInt64, count: Int, isChannelLast: Bool) throws {
      var random = SeededGenerator(seed: seed)
      let shape = isChannelLast ? [count, 5, 7, 3] : [count, 3, 5, 7]
      maps = try #require(FeatureMaps(shape: shape, channelAxis: isChannelLast ? 3 : 1))
      values = (0..<maps.valueCount).map { _ in
        Float(Int.random(in: -9...6, using: &random)) / 4
      }
      columns = (0..<count).map { _ in Int.random(in: 0..<4, using: &random) }
    }

    func value(_ image: Int, _ neuron: Int, _ y: Int, _ x: Int) -> Float {
      values[
        maps.isChannelLast
          ? ((image * 5 + y) * 7 + x) * 3 + neuron : ((image * 3 + neuron) * 5 + y) * 7 + x]
    }

    func map(_ image: Int, _ neuron: Int) -> [Float] {
      (0..<35).map { value(image, neuron, $0 / 7, $0 % 7) }
    }

    func summary(of images: [Int]) -> ActivationSummary {
      var summary = ActivationSummary(neuronCount: 3, classCount: 4, range: .rectified)
      var reduction = MapReduction()
      for image in images {
        reduction.reduce(values.span, maps, image: image)
        summary.add(
          reduction, values.span, maps, place: image, image: Int32(image),
          column: columns[image])
      }
      return summary
    }
  }

  @Test(arguments: UInt64(0)..<20)
  func `statistics agree with plain loops`(seed: UInt64) throws {
    let images = try Images(seed: seed, count: 30, isChannelLast: seed % 2 == 0)
    let statistics = images.summary(of: Array(0..<30)).statistics()
    for neuron in 0..<3 {
      for column in 0..<4 {
        let members = (0..<30).filter { images.columns[$0] == column }
        guard !members.isEmpty else { continue }
        let count = Double(members.count)
        let means = members.map { images.map($0, neuron).map(Double.init).reduce(0, +) / 35 }
        let maxima = members.map { Double(images.map($0, neuron).max() ?? 0) }
        let close = { (found: Float, expected: Double) in
          #expect(abs(Double(found) - expected) <= 1e-6 * max(1, abs(expected)))
        }
        close(statistics.meanOfMean[neuron, column], means.reduce(0, +) / count)
        close(statistics.meanOfMax[neuron, column], maxima.reduce(0, +) / count)
        close(
          statistics.secondMomentOfMean[neuron, column],
          means.map { $0 * $0 }.reduce(0, +) / count)
        close(
          statistics.secondMomentOfMax[neuron, column],
          maxima.map { $0 * $0 }.reduce(0, +) / count)
        close(
          statistics.firingShare[neuron, column],
          Double(maxima.filter { $0 > 0 }.count) / count)
      }
    }
  }

  @Test(arguments: UInt64(0)..<20)
  func `patches are the strongest, first among equals`(seed: UInt64) throws {
    let images = try Images(seed: seed, count: 30, isChannelLast: seed % 2 == 1)
    let statistics = images.summary(of: (0..<30).reversed()).statistics()
    for neuron in 0..<3 {
      let all = (0..<30).map { image -> TopPatch in
        let map = images.map(image, neuron)
        let largest = map.max() ?? 0
        let place = map.firstIndex(of: largest) ?? 0
        return TopPatch(
          image: Int32(image), y: Int32(place / 7), x: Int32(place % 7), value: largest)
      }.sorted { $0.precedes($1) }
      #expect(statistics.topPatches[neuron] == Array(all.prefix(9)))
      for column in 0..<4 {
        let best = all.first { images.columns[Int($0.image)] == column }
        #expect(statistics.classBest[neuron * 4 + column] == best)
      }
    }
  }

  @Test(arguments: UInt64(0)..<30)
  func `parts merge into the whole, bit for bit, in any order`(seed: UInt64) throws {
    let images = try Images(seed: seed, count: 24, isChannelLast: false)
    var random = SeededGenerator(seed: seed)
    let whole = images.summary(of: Array(0..<24))
    let mixed = Array(0..<24).shuffled(using: &random)
    let cut = Int.random(in: 0...24, using: &random)
    let (left, right) = (
      images.summary(of: Array(mixed[..<cut])), images.summary(of: Array(mixed[cut...]))
    )
    var merged = left
    merged.merge(right)
    #expect(merged == whole)
    var swapped = right
    swapped.merge(left)
    #expect(swapped == whole)
  }

  @Test func `a value that is not finite spoils its neuron only`() throws {
    var images = try Images(seed: 1, count: 4, isChannelLast: false)
    images.values[17] = .nan
    let statistics = images.summary(of: Array(0..<4)).statistics()
    #expect(statistics.health.map(\.nonFiniteCount) == [1, 0, 0])
    let column = try #require(images.columns[0])
    #expect(statistics.meanOfMean[0, column].isNaN)
    #expect(statistics.meanOfMean[1, column].isFinite)
    #expect(!statistics.topPatches[0].contains { $0.image == 0 })
  }

  @Test(arguments: UInt64(0)..<5)
  func `numbers of maps add up to the same as maps`(seed: UInt64) throws {
    let images = try Images(seed: seed, count: 20, isChannelLast: false)
    var numbers = [Float](repeating: 0, count: 20 * 3 * MapNumbers.perNeuron)
    var span = numbers.mutableSpan
    let isFilled = MapNumbers.fill(
      &span, from: images.values.span, shape: [20, 3, 5, 7], channelAxis: 1, neuronCount: 3)
    #expect(isFilled)
    var summary = ActivationSummary(neuronCount: 3, classCount: 4, range: .rectified)
    for image in 0..<20 {
      let size = 3 * MapNumbers.perNeuron
      summary.add(
        numbers.span.extracting(image * size..<(image + 1) * size), image: Int32(image),
        column: images.columns[image])
    }
    let whole = images.summary(of: Array(0..<20))
    #expect(summary.strongest == whole.strongest && summary.sample == whole.sample)
    let (found, expected) = (summary.statistics(), whole.statistics())
    #expect(found.meanOfMax == expected.meanOfMax && found.classBest == expected.classBest)
    #expect(
      zip(found.meanOfMean.values, expected.meanOfMean.values).allSatisfy {
        abs($0 - $1) <= 1e-6
      })
  }

  @Test func `unlabelled images count in patches only`() throws {
    var images = try Images(seed: 2, count: 3, isChannelLast: false)
    images.columns[1] = nil
    let statistics = images.summary(of: [0, 1, 2]).statistics()
    #expect(statistics.imageCount == 3)
    #expect(statistics.classCounts.reduce(0, +) == 2)
    #expect(statistics.topPatches[0].count == 3)
  }

  @Test func `dead, saturated and live neurons are told apart`() throws {
    let maps = try #require(FeatureMaps(shape: [2, 3], channelAxis: 1))
    func health(_ range: ActivationRange, _ values: [Float]) -> [NeuronHealth] {
      var summary = ActivationSummary(neuronCount: 3, classCount: 1, range: range)
      var reduction = MapReduction()
      for image in 0..<2 {
        reduction.reduce(values.span, maps, image: image)
        summary.add(
          reduction, values.span, maps, place: image, image: Int32(image), column: 0)
      }
      return summary.statistics().health
    }
    let relu = health(.rectified, [0, 1, 0, 0, 2, 3])
    #expect(relu.map(\.isDead) == [true, false, false])
    #expect(relu.allSatisfy { !$0.isSaturated })
    let stuck = health(.rectified, [2.5, 1, 0, 2.5, 2, 0])
    #expect(stuck.map(\.isSaturated) == [true, false, false])
    let sigmoid = health(.bounded(lower: 0, upper: 1), [0.001, 0.995, 0.5, 0.002, 1, 0.99])
    #expect(sigmoid.map(\.isDead) == [true, false, false])
    #expect(sigmoid.map(\.isSaturated) == [false, true, false])
    let clipped = health(.clipped(lower: 0, upper: 6), [0, 6, 0.01, 0, 5.97, 0.03])
    #expect(clipped.map(\.isDead) == [true, false, false])
    #expect(clipped.map(\.isSaturated) == [false, true, false])
    let linear = health(.signed, [-1, -2, 0.5, -1, 2, 0.25])
    #expect(linear.map(\.isDead) == [true, false, false])
  }
}
