/// Writes frames as escape sequences that change only what differs from the frame before, for
/// terminals with 256 or direct colours (ECMA-48 and xterm, which all of those understand).
package struct FramePainter {
  private let tier: DisplayTier
  private var shown: CellGrid?

  package init(tier: DisplayTier) {
    self.tier = tier
  }

  /// The screen no longer shows what it was given: the next frame is painted whole.
  package mutating func forgetScreen() {
    shown = nil
  }

  /// The bytes that bring the screen from the last frame to this one. Before and after, the
  /// rendition is plain.
  ///
  /// - Complexity: O(cells).
  package mutating func paint(_ frame: CellGrid) -> [UInt8] {
    let frame = frame.settled(glyphs: tier.glyphs)
    var pen = Pen(colors: tier.colors)
    var old = CellGrid(height: frame.height, width: frame.width)
    if let shown, shown.height == frame.height, shown.width == frame.width {
      old = shown
    } else {
      pen.clearScreen()
    }
    for row in 0..<frame.height { paint(row, of: frame, over: old, &pen) }
    pen.reset()
    shown = frame
    return pen.bytes
  }

  private func paint(_ row: Int, of frame: CellGrid, over old: CellGrid, _ pen: inout Pen) {
    let inkEnd = frame.lastInk(row)
    for column in 0..<inkEnd {
      let cell = frame[row, column]
      guard cell != old[row, column], cell.glyph != Cell.continuation else { continue }
      pen.draw(cell, row, column)
      if column + cell.glyph.cellWidth >= frame.width { pen.losePlace() }
    }
    if old.lastInk(row) > inkEnd { pen.eraseLine(from: inkEnd, in: row) }
  }
}

/// Where the terminal's cursor is and how it writes.
private struct Pen {
  var bytes: [UInt8] = []
  private let colors: ColorTier
  private var place: (row: Int, column: Int)?
  private var rendition = GraphicRendition()
  private var style = Style.plain

  init(colors: ColorTier) {
    self.colors = colors
  }

  mutating func clearScreen() {
    bytes += "\u{1B}[m\u{1B}[H\u{1B}[2J".utf8
    place = (0, 0)
  }

  mutating func draw(_ cell: Cell, _ row: Int, _ column: Int) {
    move(row, column)
    if cell.style != style {
      style = cell.style
      rendition.change(to: GraphicRendition(style, colors), writing: &bytes)
    }
    if cell.glyph.isASCII {
      bytes.append(UInt8(truncatingIfNeeded: cell.glyph.value))
    } else if let encoded = Unicode.UTF8.encode(cell.glyph) {
      bytes.append(contentsOf: encoded)
    }
    place = (row, column + cell.glyph.cellWidth)
    // Terminals disagree about the width of letters beyond Latin; ask for the place anew.
    if cell.glyph.value >= 0x300, !cell.glyph.isLineOrBlock { place = nil }
  }

  /// Blanks a row from a column on, in the terminal's own colours.
  mutating func eraseLine(from column: Int, in row: Int) {
    move(row, column)
    reset()
    bytes += "\u{1B}[K".utf8
  }

  mutating func reset() {
    style = .plain
    rendition.change(to: GraphicRendition(), writing: &bytes)
  }

  /// After the last column, where terminals differ.
  mutating func losePlace() {
    place = nil
  }

  private mutating func move(_ row: Int, _ column: Int) {
    if let place, place.row == row, place.column <= column {
      guard place.column < column else { return }
      bytes += "\u{1B}[".utf8
      writeDigits(column - place.column, &bytes)
      bytes.append(UInt8(ascii: "C"))
      return
    }
    bytes += "\u{1B}[".utf8
    writeNumber(row + 1, &bytes)
    writeDigits(column + 1, &bytes)
    bytes.append(UInt8(ascii: "H"))
  }
}
