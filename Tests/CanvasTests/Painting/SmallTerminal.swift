@testable import Canvas

/// A terminal that knows what ``FramePainter`` writes, and nothing else.
struct SmallTerminal {
  var grid: CellGrid
  var row = 0
  var column = 0
  var style = Style.plain
  var unknown: [String] = []
  /// Whether erased cells get the ground that was chosen, or the terminal's own.
  let erasesInColor: Bool

  init(height: Int, width: Int, erasesInColor: Bool = false) {
    self.erasesInColor = erasesInColor
    grid = CellGrid(height: height, width: width)
    // Leftovers that have to be cleared.
    grid.fill(grid.bounds, with: Cell("#", Style(attributes: .reverse)))
  }

  mutating func take(_ bytes: [UInt8]) {
    var scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      if scalar == "\u{8}" {
        column -= 1
        continue
      }
      if scalar == "\n" {
        row += 1
        if row >= grid.height { unknown.append("scrolled") }
        continue
      }
      guard scalar == "\u{1B}" else {
        column += grid.put(scalar, row: row, column: column, style: style)
        continue
      }
      if scalars.popFirst() == "M" {
        row -= 1
        if row < 0 { unknown.append("scrolled") }
        continue
      }
      let parameters = scalars.prefix { !(0x40...0x7E).contains($0.value) }
      scalars = scalars.dropFirst(parameters.count)
      let numbers = String(parameters).split(separator: ";").compactMap { Int($0) }
      control(scalars.popFirst() ?? "?", numbers)
    }
  }

  private mutating func control(_ final: Unicode.Scalar, _ numbers: [Int]) {
    switch final {
    case "H": (row, column) = numbers.count == 2 ? (numbers[0] - 1, numbers[1] - 1) : (0, 0)
    case "A": row -= numbers.first ?? 1
    case "B": row += numbers.first ?? 1
    case "C": column += numbers.first ?? 1
    case "D": column -= numbers.first ?? 1
    case "J": grid.fill(grid.bounds)
    case "K": grid.fill(CellRect(row: row, column: column, height: 1, width: grid.width - column))
    case "X": erase(numbers.first ?? 1)
    case "P", "@": shift(final == "P" ? numbers.first ?? 1 : -(numbers.first ?? 1))
    case "m": render(numbers.isEmpty ? [0] : numbers)
    default: unknown.append(String(final))
    }
  }

  private mutating func erase(_ count: Int) {
    let ground = Style(background: erasesInColor ? style.background : nil)
    let odd: CellAttributes = [.reverse, .underline]
    if !style.attributes.isDisjoint(with: odd) { unknown.append("erased oddly") }
    if column + count > grid.width { unknown.append("erased too much") }
    let area = CellRect(row: row, column: column, height: 1, width: count)
    grid.fill(area, with: Cell(" ", ground))
  }

  /// From the cursor on, to the left; negative to the right.
  private mutating func shift(_ distance: Int) {
    let old = grid
    for place in column..<grid.width {
      let from = place + distance
      grid[row, place] = from >= column && from < grid.width ? old[row, from] : .blank
    }
  }

  private mutating func render(_ numbers: [Int]) {
    var rest = numbers[...]
    while let code = rest.popFirst() {
      switch code {
      case 0: style = .plain
      case 1: style.attributes.insert(.bold)
      case 2: style.attributes.insert(.dim)
      case 4: style.attributes.insert(.underline)
      case 7: style.attributes.insert(.reverse)
      case 22: style.attributes.subtract([.bold, .dim])
      case 24: style.attributes.remove(.underline)
      case 27: style.attributes.remove(.reverse)
      case 39: style.foreground = nil
      case 49: style.background = nil
      case 38: style.foreground = color(&rest)
      case 48: style.background = color(&rest)
      default: unknown.append("\(code)m")
      }
    }
  }

  private func color(_ rest: inout ArraySlice<Int>) -> Color {
    let isDirect = rest.popFirst() == 2
    let values = (0..<(isDirect ? 3 : 1)).map { _ in UInt8(rest.popFirst() ?? 0) }
    return isDirect ? Color(values[0], values[1], values[2]) : Color(palette: values[0])
  }
}

/// A frame as the eye gets it: blanks have no text colour.
func seen(_ frame: CellGrid, _ tier: DisplayTier) -> [String] {
  frame.settled(glyphs: tier.glyphs).cells.map { cell in
    "\(cell.glyph) \(GraphicRendition(seenOf: cell, tier.colors))"
  }
}
