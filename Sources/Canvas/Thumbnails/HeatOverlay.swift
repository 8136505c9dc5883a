/// Values laid over a picture: where they are 0 the picture shows in grey, and the stronger they
/// are the more of the ramp's colour covers it. Screens without smooth colours show the values
/// alone, as glyphs of growing ink.
///
/// - Parameters:
///   - values: In the ramp's range, twice `height` × twice `width`, row-major; what is not finite
///     counts as 0.
/// - Returns: `height` × `width` cells.
/// - Precondition: `values` has four for each cell.
/// - Complexity: O(pixels + cells).
package func renderHeatOverlay(
  _ pixels: PixelBlock, values: [Double], height: Int, width: Int, ramp: ColorRamp,
  tier: DisplayTier
) -> [Cell] {
  guard height > 0, width > 0 else { return [] }
  precondition(values.count == 4 * height * width)
  let known = values.map { $0.isFinite ? $0 : 0 }
  guard tier.hasSmoothColors else {
    let cells = heatCells(known, height: height, width: width, Heatmap(ramp, tier: tier))
    return placed(cells, width: width)
  }
  var rgb: [UInt8] = []
  rgb.reserveCapacity(known.count * 3)
  let picture = pixels.resampled(height: 2 * height, width: 2 * width)
  for (pixel, value) in zip(picture, known) {
    let light = UInt8(min(255, max(0, Color(pixel).luma * HeatOverlay.pictureLight)))
    let share = HeatOverlay.cover(value)
    let color = Color(Color(light, light, light), ramp.color(at: value), mix: share)
    rgb.append(color.red)
    rgb.append(color.green)
    rgb.append(color.blue)
  }
  guard let mixed = PixelBlock(width: 2 * width, height: 2 * height, rgb: rgb) else { return [] }
  return renderThumbnail(mixed, height: height, width: width, tier: tier)
}

private enum HeatOverlay {
  /// Brightness left to the picture, so that the heat stands out.
  static let pictureLight = 0.85

  /// How much of the picture a value covers; weak ones more than in proportion, so that they can
  /// be seen at all.
  static func cover(_ value: Double) -> Double {
    let strength = min(1, value.magnitude)
    return 0.85 * strength * (2 - strength)
  }
}

/// One cell a mean of four values.
private func heatCells(
  _ values: [Double], height: Int, width: Int, _ heatmap: Heatmap
) -> [Cell] {
  (0..<height * width).map { place in
    let start = place / width * 4 * width + place % width * 2
    let sum =
      values[start] + values[start + 1] + values[start + 2 * width] + values[start + 2 * width + 1]
    return heatmap.cell(sum / 4)
  }
}
