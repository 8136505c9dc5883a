/// Red, green, blue; the fourth lane is 0.
typealias LinearPixel = SIMD4<Float>

extension PixelBlock {
  /// The picture at another size, each pixel the mean of the area it covers; row-major.
  ///
  /// - Complexity: O(pixels of both sizes).
  func resampled(height newHeight: Int, width newWidth: Int) -> [LinearPixel] {
    let columns = coverage(from: width, to: newWidth)
    let rows = coverage(from: height, to: newHeight)
    var result = [LinearPixel](repeating: .zero, count: newHeight * newWidth)
    var sourceRow = [LinearPixel](repeating: .zero, count: width)
    var narrow = [LinearPixel](repeating: .zero, count: newWidth)
    var loaded = -1
    for (y, rowSpan) in rows.enumerated() {
      for step in 0..<rowSpan.weightCount {
        if rowSpan.first + step != loaded {
          loaded = rowSpan.first + step
          load(row: loaded, into: &sourceRow)
          squeeze(sourceRow, columns, into: &narrow)
        }
        let weight = rowSpan.weight(step)
        for x in 0..<newWidth { result[y * newWidth + x] += weight * narrow[x] }
      }
    }
    return result
  }

  private func load(row: Int, into pixels: inout [LinearPixel]) {
    var index = offset + row * stride
    if channelCount == 1 {
      for x in 0..<width {
        let value = Float(bytes[index + x])
        pixels[x] = LinearPixel(value, value, value, 0)
      }
      return
    }
    for x in 0..<width {
      pixels[x] = LinearPixel(
        SIMD4<UInt8>(bytes[index], bytes[index + 1], bytes[index + 2], 0))
      index += 3
    }
  }

  private func squeeze(
    _ source: [LinearPixel], _ columns: [Coverage], into target: inout [LinearPixel]
  ) {
    for (x, span) in columns.enumerated() {
      var sum = span.firstWeight * source[span.first]
      if span.weightCount > 1 {
        for step in 1..<span.weightCount - 1 { sum += span.innerWeight * source[span.first + step] }
        sum += span.lastWeight * source[span.first + span.weightCount - 1]
      }
      target[x] = sum
    }
  }
}

/// The source pixels under one target pixel; the weights add up to 1.
private struct Coverage {
  var first: Int
  var weightCount: Int
  var firstWeight: Float
  var innerWeight: Float
  var lastWeight: Float

  func weight(_ step: Int) -> Float {
    step == 0 ? firstWeight : step == weightCount - 1 ? lastWeight : innerWeight
  }
}

/// Where each of `newCount` equal parts of `count` pixels lies.
///
/// Boundaries are multiples of 1/`newCount`, kept as whole numbers.
private func coverage(from count: Int, to newCount: Int) -> [Coverage] {
  (0..<newCount).map { index in
    let start = index * count
    let end = start + count
    let first = start / newCount
    let last = (end - 1) / newCount
    guard last > first else {
      return Coverage(first: first, weightCount: 1, firstWeight: 1, innerWeight: 0, lastWeight: 0)
    }
    let whole = Float(count)
    return Coverage(
      first: first, weightCount: last - first + 1,
      firstWeight: Float((first + 1) * newCount - start) / whole,
      innerWeight: Float(newCount) / whole, lastWeight: Float(end - last * newCount) / whole)
  }
}
