import Networks

/// The rows `rows` of an image, resampled along each row.
///
/// - Complexity: O(rows · outputs · channels · taps).
func resampleColumns(
  _ image: PixelImage, rows: Range<Int>, by columns: AxisWeights
) -> [UInt8] {
  let rowSize = columns.starts.count * image.channelCount
  var output = [UInt8](repeating: 0, count: rows.count * rowSize)
  var target = output.mutableSpan
  let sourceRowSize = image.width * image.channelCount
  for (place, row) in rows.enumerated() {
    let source = image.bytes.span.extracting(row * sourceRowSize..<(row + 1) * sourceRowSize)
    if image.channelCount == 1 {
      resampleGrayRow(source, by: columns, to: &target, at: place * rowSize)
    } else {
      resampleColorRow(source, by: columns, to: &target, at: place * rowSize)
    }
  }
  return output
}

private func resampleGrayRow(
  _ source: Span<UInt8>, by columns: AxisWeights, to target: inout MutableSpan<UInt8>,
  at first: Int
) {
  let weights = columns.weights.span
  for x in columns.starts.indices {
    let start = columns.starts[x]
    let firstWeight = x * columns.stride
    var sum = AxisWeights.half
    for tap in 0..<columns.counts[x] {
      sum &+= Int32(source[start + tap]) &* weights[firstWeight + tap]
    }
    target[first + x] = level(sum)
  }
}

private func resampleColorRow(
  _ source: Span<UInt8>, by columns: AxisWeights, to target: inout MutableSpan<UInt8>,
  at first: Int
) {
  let weights = columns.weights.span
  var place = first
  for x in columns.starts.indices {
    var pixel = columns.starts[x] * 3
    let firstWeight = x * columns.stride
    var red = AxisWeights.half
    var green = AxisWeights.half
    var blue = AxisWeights.half
    for tap in 0..<columns.counts[x] {
      let weight = weights[firstWeight + tap]
      red &+= Int32(source[pixel]) &* weight
      green &+= Int32(source[pixel + 1]) &* weight
      blue &+= Int32(source[pixel + 2]) &* weight
      pixel += 3
    }
    target[place] = level(red)
    target[place + 1] = level(green)
    target[place + 2] = level(blue)
    place += 3
  }
}

/// Rows of `rowSize` bytes, resampled across rows; `source` begins at row `firstRow`.
///
/// - Complexity: O(outputs · rowSize · taps).
func resampleRows(
  _ source: [UInt8], rowSize: Int, firstRow: Int, by rows: AxisWeights
) -> [UInt8] {
  var output = [UInt8](repeating: 0, count: rows.starts.count * rowSize)
  var target = output.mutableSpan
  var sums = [Int32](repeating: 0, count: rowSize)
  for y in rows.starts.indices {
    var sum = sums.mutableSpan
    for i in sum.indices { sum[i] = AxisWeights.half }
    for tap in 0..<rows.counts[y] {
      let first = (rows.starts[y] - firstRow + tap) * rowSize
      let row = source.span.extracting(first..<first + rowSize)
      addScaled(rows.weights[y * rows.stride + tap], row, to: &sum)
    }
    let first = y * rowSize
    for i in sum.indices { target[first + i] = level(sum[i]) }
  }
  return output
}

/// `sum += weight · row`, elementwise.
private func addScaled(
  _ weight: Int32, _ row: Span<UInt8>, to sum: inout MutableSpan<Int32>
) {
  precondition(row.count == sum.count)
  for i in row.indices { sum[i] &+= Int32(row[i]) &* weight }
}

/// A fixed-point sum as an 8-bit level.
@inline(__always)
private func level(_ sum: Int32) -> UInt8 {
  UInt8(truncatingIfNeeded: min(sum >> Int32(AxisWeights.precision), 255))
}
