extension CellGrid {
  /// The frame's glyphs, one line a row, without trailing blanks.
  package func text(glyphs: GlyphTier = .unicode) -> String {
    let frame = settled(glyphs: glyphs)
    var text = ""
    for row in 0..<height {
      text += frame.glyphLine(row, trimmed: true)
      text += "\n"
    }
    return text
  }

  /// The frame with the colours a tier has, as escape sequences (ECMA-48 SGR): no more of them
  /// than changes of style, and every line ends reset.
  package func ansi(tier: DisplayTier) -> String {
    let frame = settled(glyphs: tier.glyphs)
    var text = ""
    for row in 0..<height {
      var current = GraphicRendition()
      for column in 0..<frame.lastInk(row) {
        let cell = frame[row, column]
        guard cell.glyph != Cell.continuation else { continue }
        let wanted = GraphicRendition(cell.style, tier.colors)
        text += current.change(to: wanted)
        current = wanted
        text.unicodeScalars.append(cell.glyph)
      }
      text += current.change(to: GraphicRendition())
      text += "\n"
    }
    return text
  }

  /// The glyphs of a row; right halves of wide glyphs are left out.
  func glyphLine(_ row: Int, trimmed: Bool) -> String {
    var line = ""
    for column in 0..<(trimmed ? lastInk(row, styled: false) : width) {
      let glyph = self[row, column].glyph
      if glyph != Cell.continuation { line.unicodeScalars.append(glyph) }
    }
    return line
  }

  /// Columns up to the last one that is not blank.
  private func lastInk(_ row: Int, styled: Bool = true) -> Int {
    var end = width
    while end > 0 {
      let cell = self[row, end - 1]
      guard cell.glyph == " ", !styled || cell.style == .plain else { break }
      end -= 1
    }
    return end
  }
}

/// What a terminal has been told about the looks of what follows.
package struct GraphicRendition: Hashable, Sendable {
  package var foreground: TerminalColor?
  package var background: TerminalColor?
  package var attributes: CellAttributes

  package init(_ style: Style = .plain, _ tier: ColorTier = .truecolor) {
    foreground = style.foreground.flatMap { $0.matched(to: tier) }
    background = style.background.flatMap { $0.matched(to: tier) }
    attributes = style.attributes
  }

  /// The shortest sequence from this to `other`; empty when they are the same.
  package func change(to other: GraphicRendition) -> String {
    guard self != other else { return "" }
    guard other != GraphicRendition() else { return "\u{1B}[0m" }
    let drops =
      !attributes.isSubset(of: other.attributes) || (foreground != nil && other.foreground == nil)
      || (background != nil && other.background == nil)
    let base = drops ? GraphicRendition() : self
    var codes = drops ? ["0"] : []
    let added = other.attributes.subtracting(base.attributes)
    for (attribute, code) in GraphicRendition.attributeCodes where added.contains(attribute) {
      codes.append(code)
    }
    if let color = other.foreground, color != base.foreground {
      codes.append(color.code(plain: 30, bright: 90, extended: "38"))
    }
    if let color = other.background, color != base.background {
      codes.append(color.code(plain: 40, bright: 100, extended: "48"))
    }
    return "\u{1B}[\(codes.joined(separator: ";"))m"
  }

  private static let attributeCodes: [(CellAttributes, String)] = [
    (.bold, "1"), (.dim, "2"), (.underline, "4"), (.reverse, "7"),
  ]
}

extension TerminalColor {
  fileprivate func code(plain: Int, bright: Int, extended: String) -> String {
    switch self {
    case .palette(let entry) where entry < 8: "\(plain + Int(entry))"
    case .palette(let entry) where entry < 16: "\(bright + Int(entry) - 8)"
    case .palette(let entry): "\(extended);5;\(entry)"
    case .direct(let color): "\(extended);2;\(color.red);\(color.green);\(color.blue)"
    }
  }
}
