import CVectorKernels
import Networks
import Tensors

/// The rows `rows` of an image, resampled along each row.
///
/// - Complexity: O(rows · outputs · channels · taps).
func resampleColumns(
  _ image: PixelImage, rows: Range<Int>, by columns: AxisWeights,
  variant: VectorVariant = .widest
) -> [UInt8] {
  let rowSize = image.width * image.channelCount
  let source = image.bytes.span.extracting(
    rows.lowerBound * rowSize..<rows.upperBound * rowSize)
  return image.channelCount == 1
    ? resampleGrayColumns(source, width: image.width, by: columns)
    : resampleColorColumns(source, width: image.width, by: columns, variant)
}

private func resampleGrayColumns(
  _ source: Span<UInt8>, width: Int, by columns: AxisWeights
) -> [UInt8] {
  let (rowCount, count) = (source.count / width, columns.starts.count)
  var output = [UInt8](repeating: 0, count: rowCount * count)
  var target = output.mutableSpan
  let weights = columns.weights.span
  for row in 0..<rowCount {
    for x in 0..<count {
      let start = row * width + columns.starts[x]
      let firstWeight = x * columns.stride
      var sum = AxisWeights.half
      for tap in 0..<columns.counts[x] {
        sum &+= Int32(source[start + tap]) &* weights[firstWeight + tap]
      }
      target[row * count + x] = UInt8(
        truncatingIfNeeded: min(sum >> Int32(AxisWeights.precision), 255))
    }
  }
  return output
}

private func resampleColorColumns(
  _ source: Span<UInt8>, width: Int, by columns: AxisWeights, _ variant: VectorVariant
) -> [UInt8] {
  precondition(columns.sources.upperBound <= width)
  let rowCount = source.count / (width * 3)
  let size = rowCount * columns.starts.count * 3
  return unsafe [UInt8](unsafeUninitializedCapacity: size) { target, initialized in
    unsafe source.withUnsafeBufferPointer { source in
      unsafe columns.withUnsafePointers { starts, counts, weights in
        unsafe vk_resample_colors(
          variant.number, rowCount, width, columns.starts.count, starts, counts,
          columns.stride, weights, source.baseAddress, target.baseAddress)
      }
    }
    initialized = size
  }
}

/// Rows of `rowSize` bytes, resampled across rows.
///
/// - Complexity: O(outputs · rowSize · taps).
func resampleRows(
  _ source: [UInt8], rowSize: Int, by rows: AxisWeights, variant: VectorVariant = .widest
) -> [UInt8] {
  precondition(rows.sources.upperBound * rowSize <= source.count)
  let size = rows.starts.count * rowSize
  return unsafe [UInt8](unsafeUninitializedCapacity: size) { target, initialized in
    unsafe source.withUnsafeBufferPointer { source in
      unsafe rows.withUnsafePointers { starts, counts, weights in
        unsafe vk_resample_rows(
          variant.number, rowSize, rows.starts.count, starts, counts, rows.stride, weights,
          source.baseAddress, target.baseAddress)
      }
    }
    initialized = size
  }
}

extension AxisWeights {
  /// Lends starts, counts and weights.
  fileprivate func withUnsafePointers(
    _ body: (UnsafePointer<Int>?, UnsafePointer<Int>?, UnsafePointer<Int32>?) -> Void
  ) {
    unsafe starts.withUnsafeBufferPointer { starts in
      unsafe counts.withUnsafeBufferPointer { counts in
        unsafe weights.withUnsafeBufferPointer { weights in
          unsafe body(starts.baseAddress, counts.baseAddress, weights.baseAddress)
        }
      }
    }
  }
}
