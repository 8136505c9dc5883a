import Networks
import Tensors
import Testing

@testable import ModelFiles

/// One output after another, with sums that cannot overflow.
private func resampled(
  _ image: PixelImage, width: Int, height: Int, _ columns: AxisWeights, _ rows: AxisWeights
) -> [UInt8] {
  func level(_ sum: Int) -> UInt8 {
    UInt8(min((sum + Int(AxisWeights.half)) >> AxisWeights.precision, 255))
  }
  let channels = image.channelCount
  var narrow: [UInt8] = []
  for y in 0..<image.height {
    for x in 0..<width {
      for channel in 0..<channels {
        narrow.append(
          level(
            (0..<columns.counts[x]).reduce(0) { sum, tap in
              let place = (y * image.width + columns.starts[x] + tap) * channels + channel
              return sum + Int(image.bytes[place]) * Int(columns.weights[x * columns.stride + tap])
            }))
      }
    }
  }
  return (0..<height * width * channels).map { place in
    let (y, rest) = place.quotientAndRemainder(dividingBy: width * channels)
    return level(
      (0..<rows.counts[y]).reduce(0) { sum, tap in
        sum + Int(narrow[(rows.starts[y] + tap) * width * channels + rest])
          * Int(rows.weights[y * rows.stride + tap])
      })
  }
}

@Suite struct ResamplingTests {
  @Test(arguments: UInt64(0)..<60)
  func `images of any size are resampled as one output after another would be`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let sizes = (0..<4).map { _ in Int.random(in: 1...(seed < 40 ? 24 : 70), using: &random) }
    let image = noise(
      width: sizes[0], height: sizes[1], channelCount: seed.isMultiple(of: 4) ? 1 : 3,
      seed: seed)
    // Parts of the outputs, as of a crop.
    let left = Int.random(in: 0..<sizes[2], using: &random)
    let top = Int.random(in: 0..<sizes[3], using: &random)
    let columns = AxisWeights(
      sourceCount: sizes[0], resizedCount: sizes[2], range: left..<sizes[2])
    let rows = AxisWeights(sourceCount: sizes[1], resizedCount: sizes[3], range: top..<sizes[3])
    let (width, height) = (sizes[2] - left, sizes[3] - top)
    let expected = resampled(image, width: width, height: height, columns, rows)
    let used = rows.sources
    for variant in VectorVariant.allCases {
      let narrow = resampleColumns(image, rows: used, by: columns, variant: variant)
      let found = resampleRows(
        narrow, rowSize: width * image.channelCount, by: rows.beginning(at: used.lowerBound),
        variant: variant)
      #expect(found == expected, "\(sizes), \(left), \(top)")
    }
  }

  @Test(arguments: [(1, 1), (1, 40), (40, 1), (2, 3), (3, 2), (700, 1)])
  func `the brightest level stays the brightest`(from: Int, to: Int) {
    let image = PixelImage(
      width: from, height: 1, channelCount: 3, bytes: Array(repeating: 255, count: from * 3))
    let columns = AxisWeights(sourceCount: from, resizedCount: to, range: 0..<to)
    for variant in VectorVariant.allCases {
      #expect(
        resampleColumns(image, rows: 0..<1, by: columns, variant: variant)
          == Array(repeating: 255, count: to * 3))
    }
  }

  @Test func `starts never fall and weights beyond the count are nought`() {
    for (from, to) in [(5, 3), (224, 227), (500, 227), (3, 100), (1, 9)] {
      let weights = AxisWeights(sourceCount: from, resizedCount: to, range: 0..<to)
      #expect(weights.starts == weights.starts.sorted())
      for place in 0..<to {
        let row = weights.weights[place * weights.stride..<(place + 1) * weights.stride]
        #expect(row.dropFirst(weights.counts[place]).allSatisfy { $0 == 0 })
        #expect(row.allSatisfy { $0 >= 0 })
      }
    }
  }
}
