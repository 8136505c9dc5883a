/// Glyphs that fill some of a cell's four quarters.
enum QuadrantGlyphs {
  /// By mask: top left 1, top right 2, bottom left 4, bottom right 8.
  static let glyphs: [Unicode.Scalar] = [
    " ", "▘", "▝", "▀", "▖", "▌", "▞", "▛", "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█",
  ]

  static let masks = Dictionary(
    uniqueKeysWithValues: glyphs.enumerated().dropFirst().map { ($1, $0) })
}

/// The four pixels under one cell.
struct CellPixels {
  var topLeft: LinearPixel
  var topRight: LinearPixel
  var bottomLeft: LinearPixel
  var bottomRight: LinearPixel

  var mean: LinearPixel { (topLeft + topRight + bottomLeft + bottomRight) * 0.25 }

  /// The two-colour picture with the least squared error: of the 16 patterns, 8 differ by more
  /// than swapping the colours, and for each the best colours are the means of its two sides.
  /// The lowest mask wins ties, so an even cell is a blank with a background.
  func fittedDirect() -> Cell {
    let total = topLeft + topRight + bottomLeft + bottomRight
    var bestMask = 0
    var bestGain = dot(total, total) * 0.25
    for mask in 1..<8 {
      let side = sum(mask)
      let other = total - side
      let count = Float(mask.nonzeroBitCount)
      let gain = dot(side, side) / count + dot(other, other) / (4 - count)
      if gain > bestGain + 0.01 {
        bestGain = gain
        bestMask = mask
      }
    }
    guard bestMask != 0 else { return Cell(" ", Style(background: Color(total * 0.25))) }
    let side = sum(bestMask)
    let count = Float(bestMask.nonzeroBitCount)
    return Cell(
      QuadrantGlyphs.glyphs[bestMask],
      Style(
        foreground: Color(side / count), background: Color((total - side) / (4 - count))))
  }

  /// As ``fittedDirect()``, with both colours held to the 256-colour palette while fitting.
  func fittedPalette256() -> Cell {
    let total = topLeft + topRight + bottomLeft + bottomRight
    let whole = PaletteMatch(total * 0.25)
    var best = (mask: 0, cost: whole.cost(sum: total, count: 4), front: whole, back: whole)
    for mask in 1..<8 {
      let side = sum(mask)
      let count = Float(mask.nonzeroBitCount)
      let front = PaletteMatch(side / count)
      let back = PaletteMatch((total - side) / (4 - count))
      let cost =
        front.cost(sum: side, count: count) + back.cost(sum: total - side, count: 4 - count)
      if cost < best.cost - 0.01 { best = (mask, cost, front, back) }
    }
    guard best.front.color != best.back.color else {
      return Cell(" ", Style(background: best.back.color))
    }
    return Cell(
      QuadrantGlyphs.glyphs[best.mask],
      Style(foreground: best.front.color, background: best.back.color))
  }

  private func sum(_ mask: Int) -> LinearPixel {
    var sum = LinearPixel.zero
    if mask & 1 != 0 { sum += topLeft }
    if mask & 2 != 0 { sum += topRight }
    if mask & 4 != 0 { sum += bottomLeft }
    return sum
  }
}

/// A palette colour chosen for some pixels.
private struct PaletteMatch {
  let color: Color
  let pixel: LinearPixel

  init(_ wanted: LinearPixel) {
    color = Color(palette: Color(wanted).palette256)
    pixel = LinearPixel(Float(color.red), Float(color.green), Float(color.blue), 0)
  }

  /// Squared error over `count` pixels, less the sum of their squares, which every choice shares.
  func cost(sum: LinearPixel, count: Float) -> Float {
    count * dot(pixel, pixel) - 2 * dot(pixel, sum)
  }
}

private func dot(_ first: LinearPixel, _ second: LinearPixel) -> Float {
  (first * second).sum()
}

extension Color {
  /// Rounded and clamped.
  init(_ pixel: LinearPixel) {
    let rounded = (pixel + 0.5).clamped(
      lowerBound: LinearPixel(repeating: 0), upperBound: LinearPixel(repeating: 255))
    self.init(UInt8(rounded.x), UInt8(rounded.y), UInt8(rounded.z))
  }
}
