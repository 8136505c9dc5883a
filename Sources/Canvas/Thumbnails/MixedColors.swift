/// Shades that 16 colours give with `░▒▓` of one over another.
enum MixedColors {
  /// The mix nearest to a colour.
  ///
  /// - Complexity: O(1); a table of 4,096 colours is filled at first use.
  static func nearest(to color: Color) -> Cell {
    nearestBySixteenths[
      Int(color.red >> 4) << 8 | Int(color.green >> 4) << 4 | Int(color.blue >> 4)]
  }

  /// A bright colour of the same hue; the terminal's own for greys.
  static func hue(of color: Color) -> Color? {
    let strongest = max(color.red, color.green, color.blue)
    let weakest = min(color.red, color.green, color.blue)
    guard strongest - weakest > 48 else { return nil }
    let middle = (Int(strongest) + Int(weakest)) / 2
    let entry =
      8 + (Int(color.red) > middle ? 1 : 0) + (Int(color.green) > middle ? 2 : 0)
      + (Int(color.blue) > middle ? 4 : 0)
    return Color(palette: UInt8(entry))
  }

  private struct Mix {
    var cell: Cell
    var pixel: LinearPixel
    /// Prefers even cells to coarse patterns of unlike colours.
    var penalty: Float
  }

  private static let nearestBySixteenths: [Cell] = {
    let mixes = allMixes()
    return (0..<4096).map { index in
      let wanted = LinearPixel(
        Float(index >> 8) * 17, Float(index >> 4 & 15) * 17, Float(index & 15) * 17, 0)
      var best = (cost: Float.infinity, cell: Cell.blank)
      for mix in mixes {
        let difference = mix.pixel - wanted
        let cost = (difference * difference).sum() + mix.penalty
        if cost < best.cost { best = (cost, mix.cell) }
      }
      return best.cell
    }
  }()

  private static func allMixes() -> [Mix] {
    let palette = (0..<16).map { Color(palette: UInt8($0)) }
    let pixels = palette.map { LinearPixel(Float($0.red), Float($0.green), Float($0.blue), 0) }
    var mixes: [Mix] = []
    for back in palette.indices {
      let even = Cell(" ", Style(background: palette[back]))
      mixes.append(Mix(cell: even, pixel: pixels[back], penalty: 0))
      for front in palette.indices.dropFirst(back + 1) {
        let gap = pixels[front] - pixels[back]
        for (glyph, share) in [("░", 0.25), ("▒", 0.5), ("▓", 0.75)] as [(Unicode.Scalar, Float)] {
          mixes.append(
            Mix(
              cell: Cell(
                glyph, Style(foreground: palette[front], background: palette[back])),
              pixel: pixels[back] + gap * share, penalty: (gap * gap).sum() * 0.03))
        }
      }
    }
    return mixes
  }
}
