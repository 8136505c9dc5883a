import Tensors
import Testing

@testable import Canvas

@Suite struct FramePainterTests {
  private static let glyphs: [Unicode.Scalar] = [
    " ", " ", " ", "a", "é", "漢", "▀", "─", "→", "\u{301}",
  ]
  private static let styles = [
    Style.plain, .plain, Style(foreground: Color(255, 0, 0)), Style(background: Color(0, 0, 95)),
    Style(
      foreground: Color(0, 255, 0), background: Color(0, 0, 0), attributes: [.bold, .underline]),
    Style(attributes: .reverse), Style(attributes: .dim),
  ]

  private func change(_ grid: inout CellGrid, by random: inout SeededGenerator) {
    for _ in 0..<Int.random(in: 0...30, using: &random) {
      let glyph = Self.glyphs.randomElement(using: &random) ?? " "
      let style = Self.styles.randomElement(using: &random) ?? .plain
      let row = Int.random(in: 0..<6, using: &random)
      grid.put(glyph, row: row, column: .random(in: 0..<13, using: &random), style: style)
    }
    if Bool.random(using: &random) { grid.fill(CellRect(row: 2, column: 3, height: 2, width: 10)) }
  }

  @Test(arguments: UInt64(0)..<100)
  func `a terminal that gets only changes shows every frame`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let tier = DisplayTier(colors: seed % 2 == 0 ? .truecolor : .palette256)
    let erasesInColor = seed % 3 == 0
    var painter = FramePainter(tier: tier, erasesInColor: erasesInColor)
    var terminal = SmallTerminal(height: 6, width: 13, erasesInColor: erasesInColor)
    var frame = CellGrid(height: 6, width: 13)
    for step in 0..<12 {
      change(&frame, by: &random)
      if step == 7 {
        painter.forgetScreen()
        terminal = SmallTerminal(height: 6, width: 13, erasesInColor: erasesInColor)
      }
      terminal.take(painter.paint(frame))
      #expect(seen(terminal.grid, tier) == seen(frame, tier))
      #expect(terminal.style == .plain)
      #expect(terminal.unknown == [])
    }
  }

  /// Panes of pictures, side by side, from some column on.
  private func panes(from start: Int, seed: UInt64, wide: Bool = false) -> CellGrid {
    var frame = CellGrid(height: 24, width: 80)
    for column in 0..<80 {
      var random = SeededGenerator(seed: seed &+ UInt64(column + start))
      for row in 2..<20 where (column + start) % 30 < 20 {
        let colors = (0..<6).map { _ in UInt8.random(in: 0...255, using: &random) }
        frame[row, column] = Cell(
          "▀",
          Style(
            foreground: Color(colors[0], colors[1], colors[2]),
            background: Color(colors[3], colors[4], colors[5])))
      }
    }
    frame.write("header \(start)", row: 0, column: 0)
    if wide { frame.put("漢", row: 5, column: 40, style: .plain) }
    return frame
  }

  @Test(arguments: UInt64(0)..<20)
  func `panes that moved aside are moved by the terminal`(seed: UInt64) {
    let tier = DisplayTier()
    var painter = FramePainter(tier: tier)
    var terminal = SmallTerminal(height: 24, width: 80)
    var start = 300
    let whole = painter.paint(panes(from: start, seed: seed)).count
    painter.forgetScreen()
    for distance in [0, 30, 30, -30, 7, -60, 79, -5] {
      start += distance
      let frame = panes(from: start, seed: seed, wide: seed % 4 == 0)
      let bytes = painter.paint(frame)
      terminal.take(bytes)
      #expect(seen(terminal.grid, tier) == seen(frame, tier))
      #expect(terminal.unknown == [] && terminal.style == .plain)
      if abs(distance) == 30 { #expect(bytes.count < whole * 6 / 10, "\(bytes.count) of \(whole)") }
    }
  }

  @Test(arguments: UInt64(0)..<20)
  func `a frame that was foreseen takes the same bytes, and another one its own`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var (painter, plain) = (FramePainter(tier: DisplayTier()), FramePainter(tier: DisplayTier()))
    var frame = CellGrid(height: 6, width: 13)
    for step in 0..<12 {
      var other = frame
      change(&frame, by: &random)
      change(&other, by: &random)
      if step % 3 > 0 { painter.foresee(step % 3 == 1 ? frame : other) }
      if step == 8 {
        painter.forgetScreen()
        plain.forgetScreen()
      }
      #expect(painter.paint(frame) == plain.paint(frame))
    }
  }

  @Test func `a blank on another ground keeps the text colour for what follows`() {
    var painter = FramePainter(tier: DisplayTier())
    var frame = CellGrid(height: 1, width: 9)
    _ = painter.paint(frame)
    let text = Color(1, 2, 3)
    frame[0, 3] = Cell("▀", Style(foreground: text, background: Color(4, 5, 6)))
    frame[0, 4] = Cell(" ", Style(background: Color(7, 8, 9)))
    frame[0, 5] = Cell("▀", Style(foreground: text, background: Color(6, 5, 4)))
    let expected =
      "\u{1B}[38;2;1;2;3;48;2;4;5;6m▀\u{1B}[48;2;7;8;9m \u{1B}[48;2;6;5;4m▀\u{1B}[m"
    #expect(String(decoding: painter.paint(frame), as: UTF8.self).hasSuffix(expected))
  }

  @Test func `rows that stay are not moved`() {
    var painter = FramePainter(tier: DisplayTier())
    let before = panes(from: 0, seed: 3)
    _ = painter.paint(before)
    var after = panes(from: 30, seed: 3)
    for row in 0..<10 { for column in 0..<80 { after[row, column] = before[row, column] } }
    let shift = after.sidewaysShift(since: before)
    #expect(shift?.distance == 30)
    #expect(shift?.rows == Array(10..<20))
  }

  @Test func `nothing is sent for the same frame, and little for a small change`() {
    var painter = FramePainter(tier: DisplayTier())
    var frame = CellGrid(height: 50, width: 200)
    frame.fill(frame.bounds, with: Cell("▀", Style(foreground: Color(1, 2, 3))))
    #expect(painter.paint(frame).count > 30_000)
    #expect(painter.paint(frame) == [])
    frame[7, 9] = Cell("x", Style(attributes: .reverse))
    #expect(painter.paint(frame) == Array("\u{1B}[8;10H\u{1B}[7mx\u{1B}[m".utf8))
  }

  @Test func `a border in another colour takes a few bytes a row`() {
    var painter = FramePainter(tier: DisplayTier())
    var frame = CellGrid(height: 50, width: 200)
    let boxes = [3, 60].map { CellRect(row: 1, column: $0, height: 48, width: 30) }
    let lit = Style(foreground: Color(250, 200, 90))
    let unlit = Style(foreground: Color(99, 99, 99))
    for (box, style) in zip(boxes, [lit, unlit]) { frame.drawBox(box, style: style) }
    _ = painter.paint(frame)
    for (box, style) in zip(boxes, [unlit, lit]) { frame.drawBox(box, style: style) }
    let bytes = painter.paint(frame).count
    #expect(bytes < 4 * 46 * 5 + 4 * 30 * 3 + 150, "\(bytes) bytes")
  }

  @Test func `a few equal cells between changed ones are written again`() {
    var painter = FramePainter(tier: DisplayTier())
    var frame = CellGrid(height: 2, width: 40)
    frame.write("12/34 images, 56 %", row: 0, column: 4)
    _ = painter.paint(frame)
    frame.write("13/35 images, 57 %", row: 0, column: 4)
    #expect(painter.paint(frame) == Array("\u{1B}[1;6H3/35\u{1B}[10C7".utf8))
  }

  @Test func `the text colour of blanks is not sent`() {
    var painter = FramePainter(tier: DisplayTier())
    var frame = CellGrid(height: 1, width: 20)
    frame.write("a b", row: 0, column: 0)
    _ = painter.paint(frame)
    frame[0, 1] = Cell(" ", Style(foreground: Color(9, 9, 9), attributes: .bold))
    #expect(painter.paint(frame) == [])
  }

  @Test func `a ground of one colour is filled in by terminals that erase in colour`() {
    var (painter, plain) = (
      FramePainter(tier: DisplayTier(), erasesInColor: true), FramePainter(tier: DisplayTier())
    )
    var frame = CellGrid(height: 3, width: 60)
    _ = (painter.paint(frame), plain.paint(frame))
    let area = CellRect(row: 1, column: 5, height: 2, width: 40)
    frame.fill(area, with: Cell(" ", Style(background: Color(1, 2, 3))))
    let expected = "\u{1B}[2;6H\u{1B}[48;2;1;2;3m\u{1B}[40X\n\u{1B}[40X\u{1B}[m"
    #expect(String(decoding: painter.paint(frame), as: UTF8.self) == expected)
    #expect(plain.paint(frame).count > 80)
  }

  @Test func `blanks between others are erased, whatever the terminal does with grounds`() {
    var painter = FramePainter(tier: DisplayTier())
    var frame = CellGrid(height: 1, width: 90)
    frame.write(String(repeating: "x", count: 80) + "end", row: 0, column: 0)
    _ = painter.paint(frame)
    frame.fill(CellRect(row: 0, column: 10, height: 1, width: 70))
    #expect(painter.paint(frame) == Array("\u{1B}[1;11H\u{1B}[70X".utf8))
  }

  @Test func `cells too many for their row are erased, not overwritten`() {
    var painter = FramePainter(tier: DisplayTier())
    var frame = CellGrid(height: 2, width: 100)
    frame.write(String(repeating: "x", count: 100), row: 1, column: 0)
    _ = painter.paint(frame)
    frame.fill(CellRect(row: 1, column: 3, height: 1, width: 97))
    #expect(painter.paint(frame) == Array("\u{1B}[2;4H\u{1B}[K".utf8))
  }
}
