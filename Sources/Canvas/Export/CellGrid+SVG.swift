extension CellGrid {
  /// The frame as a picture (SVG 1.1): cells of 8 × 16 units, block glyphs as exact shapes.
  package func svg(appearance: Appearance = .dark, glyphs: GlyphTier = .unicode) -> String {
    let frame = settled(glyphs: glyphs)
    let paper = appearance == .dark ? Color(16, 18, 22) : Color(255, 255, 255)
    let ink = appearance == .dark ? Color(220, 224, 230) : Color(24, 26, 30)
    var svg =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width * 8) \(height * 16)\" "
      + "font-family=\"monospace\" font-size=\"13\" shape-rendering=\"crispEdges\">\n"
      + "<rect width=\"100%\" height=\"100%\" fill=\"\(paper.hex)\"/>\n"
    for row in 0..<height {
      for column in 0..<width {
        svg += SVGCell(frame[row, column], paper, ink).markup(x: column * 8, y: row * 16)
      }
    }
    return svg + "</svg>\n"
  }
}

/// One cell with the colours it is drawn in.
private struct SVGCell {
  let glyph: Unicode.Scalar
  let attributes: CellAttributes
  let front: Color
  /// Nil is the paper.
  let back: Color?

  init(_ cell: Cell, _ paper: Color, _ ink: Color) {
    glyph = cell.glyph
    attributes = cell.style.attributes
    let isReversed = attributes.contains(.reverse)
    let front = cell.style.foreground ?? ink
    let back = cell.style.background
    self.front = isReversed ? back ?? paper : front
    self.back = isReversed ? front : back
  }

  func markup(x: Int, y: Int) -> String {
    var text = ""
    if let back { text += rect(x, y, 8, 16, back) }
    guard glyph != " ", glyph != Cell.continuation else { return text }
    if let mask = QuadrantGlyphs.masks[glyph] {
      for quarter in 0..<4 where mask & (1 << quarter) != 0 {
        text += rect(x + quarter % 2 * 4, y + quarter / 2 * 8, 4, 8, front)
      }
      return text
    }
    if (0x2581...0x2587).contains(glyph.value) {
      let height = Int(glyph.value - 0x2580) * 2
      return text + rect(x, y + 16 - height, 8, height, front)
    }
    if (0x2589...0x258F).contains(glyph.value) {
      return text + rect(x, y, Int(0x2590 - glyph.value), 16, front)
    }
    return text + letter(x, y)
  }

  private func letter(_ x: Int, _ y: Int) -> String {
    var looks = "fill=\"\(front.hex)\""
    if attributes.contains(.bold) { looks += " font-weight=\"bold\"" }
    if attributes.contains(.dim) { looks += " opacity=\"0.6\"" }
    if attributes.contains(.underline) { looks += " text-decoration=\"underline\"" }
    return "<text x=\"\(x)\" y=\"\(y + 12)\" \(looks)>\(escaped)</text>\n"
  }

  private var escaped: String {
    switch glyph {
    case "<": "&lt;"
    case ">": "&gt;"
    case "&": "&amp;"
    default: String(glyph)
    }
  }

  private func rect(_ x: Int, _ y: Int, _ width: Int, _ height: Int, _ color: Color) -> String {
    "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\" "
      + "fill=\"\(color.hex)\"/>\n"
  }
}
