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
    let mask = bestMask(total)
    guard mask != 0 else { return Cell(" ", Style(background: Color(total * 0.25))) }
    let side = sum(mask)
    let count = Float(mask.nonzeroBitCount)
    return Cell(
      QuadrantGlyphs.glyphs[mask],
      Style(
        foreground: Color(side / count), background: Color((total - side) / (4 - count))))
  }

  /// As ``fittedDirect()``, with both colours held to the 256-colour palette while fitting.
  /// Patterns that free colours could not make good enough are not tried.
  func fittedPalette256() -> Cell {
    let total = topLeft + topRight + bottomLeft + bottomRight
    let whole = PaletteMatch(total * 0.25)
    var best = PaletteFit(
      mask: 0, cost: whole.cost(sum: total, count: 4), front: whole, back: whole)
    let likely = bestMask(total)
    if likely != 0 { best.improve(by: paletteFit(likely, total)) }
    for mask in 1..<8 where mask != likely && best.cost + gain(mask, total) > 0.01 {
      best.improve(by: paletteFit(mask, total))
    }
    guard best.front.pixel != best.back.pixel else {
      return Cell(" ", Style(background: best.back.color))
    }
    return Cell(
      QuadrantGlyphs.glyphs[best.mask],
      Style(foreground: best.front.color, background: best.back.color))
  }

  private func bestMask(_ total: LinearPixel) -> Int {
    var best = (mask: 0, gain: dot(total, total) * 0.25)
    for mask in 1..<8 {
      let gain = gain(mask, total)
      if gain > best.gain + 0.01 { best = (mask, gain) }
    }
    return best.mask
  }

  /// Squared error that a pattern with its best colours saves, of the sum of squares.
  private func gain(_ mask: Int, _ total: LinearPixel) -> Float {
    let side = sum(mask)
    let other = total - side
    let count = Float(mask.nonzeroBitCount)
    return dot(side, side) / count + dot(other, other) / (4 - count)
  }

  private func paletteFit(_ mask: Int, _ total: LinearPixel) -> PaletteFit {
    let side = sum(mask)
    let other = total - side
    let count = Float(mask.nonzeroBitCount)
    let front = PaletteMatch(side / count)
    let back = PaletteMatch(other / (4 - count))
    let cost = front.cost(sum: side, count: count) + back.cost(sum: other, count: 4 - count)
    return PaletteFit(mask: mask, cost: cost, front: front, back: back)
  }

  private func sum(_ mask: Int) -> LinearPixel {
    var sum = LinearPixel.zero
    if mask & 1 != 0 { sum += topLeft }
    if mask & 2 != 0 { sum += topRight }
    if mask & 4 != 0 { sum += bottomLeft }
    return sum
  }
}

/// A pattern with palette colours; costs compare patterns of one cell.
private struct PaletteFit {
  var mask: Int
  var cost: Float
  var front: PaletteMatch
  var back: PaletteMatch

  mutating func improve(by other: PaletteFit) {
    if other.cost < cost - 0.01 { self = other }
  }
}

/// A palette colour chosen for some pixels: that of ``Color/palette256``, without the detours.
private struct PaletteMatch {
  let pixel: LinearPixel

  init(_ wanted: LinearPixel) {
    let red = Int32(wanted.x + 0.5)
    let green = Int32(wanted.y + 0.5)
    let blue = Int32(wanted.z + 0.5)
    let cube = (nearestLevel(red), nearestLevel(green), nearestLevel(blue))
    let mean = (2 * red + 4 * green + 3 * blue) / 9
    let grey = 8 + 10 * min(23, max(0, (mean - 3) / 10))
    let cubeDistance = distance(red - cube.0, green - cube.1, blue - cube.2)
    let greyDistance = distance(red - grey, green - grey, blue - grey)
    pixel =
      greyDistance < cubeDistance
      ? LinearPixel(Float(grey), Float(grey), Float(grey), 0)
      : LinearPixel(Float(cube.0), Float(cube.1), Float(cube.2), 0)
  }

  var color: Color { Color(pixel) }

  /// Squared error over `count` pixels, less the sum of their squares, which every choice shares.
  func cost(sum: LinearPixel, count: Float) -> Float {
    dot(pixel, pixel * count - 2 * sum)
  }
}

/// The nearest of the colour cube's levels 0, 95, 135, 175, 215, 255.
private func nearestLevel(_ value: Int32) -> Int32 {
  value < 48 ? 0 : value < 115 ? 95 : (value - 35) / 40 * 40 + 55
}

private func distance(_ red: Int32, _ green: Int32, _ blue: Int32) -> Int32 {
  2 * red * red + 4 * green * green + 3 * blue * blue
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
