/// A small picture, or a part of a larger one: 8-bit grey or red, green, blue, rows from the top.
///
/// Invariant: it is not empty, and lies within `bytes`.
package struct PixelBlock: Sendable {
  package let width: Int
  package let height: Int
  /// Of the whole picture, shared with it.
  package let bytes: [UInt8]
  /// Bytes before the first pixel, and from a pixel to the one below it.
  let (offset, stride): (Int, Int)
  /// 1 for grey, 3 for red, green, blue.
  let channelCount: Int

  /// Nil unless the sizes are positive and the bytes fill the picture.
  package init?(width: Int, height: Int, rgb: [UInt8]) {
    guard width > 0, height > 0 else { return nil }
    let (area, isTooMany) = width.multipliedReportingOverflow(by: height)
    guard !isTooMany, rgb.count % 3 == 0, area == rgb.count / 3 else { return nil }
    self.width = width
    self.height = height
    (bytes, offset, stride, channelCount) = (rgb, 0, 3 * width, 3)
  }

  /// The part of a picture where `rows` and `columns` meet; nothing is copied.
  ///
  /// - Precondition: `bytes` are pixels of `channelCount` bytes, `lineWidth` a row.
  /// - Returns: Nil when the part is empty or does not lie within the picture.
  package init?(
    of bytes: [UInt8], lineWidth: Int, channelCount: Int, rows: Range<Int>, columns: Range<Int>
  ) {
    precondition(channelCount == 1 || channelCount == 3)
    guard !rows.isEmpty, !columns.isEmpty, rows.lowerBound >= 0, columns.lowerBound >= 0,
      columns.upperBound <= lineWidth, rows.upperBound <= bytes.count / (lineWidth * channelCount)
    else { return nil }
    (width, height) = (columns.count, rows.count)
    stride = lineWidth * channelCount
    offset = rows.lowerBound * stride + columns.lowerBound * channelCount
    (self.bytes, self.channelCount) = (bytes, channelCount)
  }

  /// Nil unless the sizes are positive and there is one grey byte a pixel.
  package init?(width: Int, height: Int, grey: [UInt8]) {
    var rgb: [UInt8] = []
    rgb.reserveCapacity(grey.count * 3)
    for value in grey {
      rgb.append(value)
      rgb.append(value)
      rgb.append(value)
    }
    self.init(width: width, height: height, rgb: rgb)
  }

  /// Values in the ramp's range as a picture, one pixel each, such as a convolution kernel or
  /// an activation map. What is not finite is mid-grey. Nil when `values` don't fill it.
  package init?(width: Int, height: Int, values: [Float], ramp: ColorRamp) {
    var rgb: [UInt8] = []
    rgb.reserveCapacity(values.count * 3)
    for value in values {
      let color = value.isFinite ? ramp.color(at: Double(value)) : Color(127, 127, 127)
      rgb.append(color.red)
      rgb.append(color.green)
      rgb.append(color.blue)
    }
    self.init(width: width, height: height, rgb: rgb)
  }

  /// The largest picture in cells that keeps its proportions within `height` × `width` cells; a
  /// cell is one pixel wide and two high.
  package func fittingSize(height limitHeight: Int, width limitWidth: Int) -> ScreenSize {
    guard limitHeight > 0, limitWidth > 0 else { return ScreenSize(height: 0, width: 0) }
    let scale = min(
      Double(limitWidth) / Double(width), Double(limitHeight * 2) / Double(height))
    let fittedHeight = (Double(height) * scale / 2).rounded()
    let fittedWidth = (Double(width) * scale).rounded()
    return ScreenSize(
      height: min(limitHeight, max(1, Int(fittedHeight))),
      width: min(limitWidth, max(1, Int(fittedWidth))))
  }
}
