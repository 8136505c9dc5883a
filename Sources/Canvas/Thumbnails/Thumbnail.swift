/// A picture as row-major cells, stretched to `height` × `width` cells.
///
/// Smooth colours get two colours and a quadrant pattern a cell, fitted without dithering; the
/// other tiers one mean a cell: as background, as the nearest mix of two of 16 colours, or as
/// ink. The result depends on nothing else, so it can be kept.
///
/// - Complexity: O(pixels + cells).
package func renderThumbnail(
  _ pixels: PixelBlock, height: Int, width: Int, tier: DisplayTier
) -> [Cell] {
  guard height > 0, width > 0 else { return [] }
  guard tier.hasSmoothColors, tier.glyphs == .unicode else {
    let means = pixels.resampled(height: height, width: width)
    return placed(means.map { flatCell($0, tier) }, width: width)
  }
  let samples = pixels.resampled(height: height * 2, width: width * 2)
  var cells: [Cell] = []
  cells.reserveCapacity(height * width)
  for row in 0..<height {
    let upper = row * 4 * width
    let lower = upper + 2 * width
    for column in 0..<width {
      let cell = CellPixels(
        topLeft: samples[upper + 2 * column], topRight: samples[upper + 2 * column + 1],
        bottomLeft: samples[lower + 2 * column], bottomRight: samples[lower + 2 * column + 1])
      cells.append(
        tier.colors == .truecolor ? cell.fittedDirect() : cell.fittedPalette256())
    }
  }
  return placed(cells, width: width)
}

/// Cells that know where they lie in their picture, row-major: pictures may come a moment after what
/// is around them.
package func placed(_ cells: [Cell], width: Int) -> [Cell] {
  var cells = cells
  for index in cells.indices {
    cells[index].place = PicturePlace(row: index / width, column: index % width)
  }
  return cells
}

extension CellGrid {
  /// Draws a picture into `area` with its proportions, in the area's top left.
  ///
  /// - Returns: The area it took.
  @discardableResult
  package mutating func drawThumbnail(
    _ pixels: PixelBlock, in area: CellRect, tier: DisplayTier
  ) -> CellRect {
    let size = pixels.fittingSize(height: area.height, width: area.width)
    let cells = renderThumbnail(pixels, height: size.height, width: size.width, tier: tier)
    draw(cells, row: area.row, column: area.column, height: size.height, width: size.width)
    return CellRect(
      row: area.row, column: area.column, height: size.height, width: size.width)
  }
}

/// One colour a cell.
private func flatCell(_ mean: LinearPixel, _ tier: DisplayTier) -> Cell {
  let color = Color(mean)
  if tier.hasSmoothColors {
    let shown = tier.colors == .truecolor ? color : Color(palette: color.palette256)
    return Cell(" ", Style(background: shown))
  }
  if tier.glyphs == .unicode, tier.colors == .palette16 { return MixedColors.nearest(to: color) }
  let ink = Unicode.Scalar.inks(tier.glyphs)
  let level = min(ink.count - 1, Int(color.luma / 256 * Double(ink.count)))
  guard tier.colors == .palette16 else { return Cell(ink[level]) }
  return Cell(ink[level], Style(foreground: MixedColors.hue(of: color)))
}
