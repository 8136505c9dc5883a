import Canvas
import TestSupport
import Testing

@Suite struct ExportTests {
  private var frame: CellGrid {
    let theme = Theme()
    var grid = CellGrid(height: 5, width: 22)
    grid.drawBox(grid.bounds, style: theme[.focusBorder], title: "conv1", titleStyle: theme[.title])
    grid.write("A  7 frog", row: 1, column: 1, style: theme[.selection], maximumWidth: 20)
    grid.write("漢字 é", row: 2, column: 1)
    grid.drawBar(0.4, row: 3, column: 1, width: 12, style: theme[.excitatory])
    return grid
  }

  @Test func `a frame reads as text planes with roles`() {
    expectFrame(frame, "planes", theme: Theme())
  }

  @Test func `a frame becomes a picture`() {
    expectGolden(frame.svg(), "picture.svg")
    var hostile = CellGrid(height: 1, width: 8)
    hostile.write("<a&b>\u{1B}", row: 0, column: 0)
    #expect(hostile.svg().contains(">&lt;<"))
    #expect(!hostile.svg().contains("\u{1B}"))
  }

  @Test func `escape sequences change only what changes`() {
    var grid = CellGrid(height: 2, width: 6)
    let bold = Style(attributes: .bold)
    let loud = Style(foreground: Color(255, 0, 0), attributes: .bold)
    grid.write("ab", row: 0, column: 0, style: bold)
    grid.write("cd", row: 0, column: 2, style: loud)
    grid.write("e", row: 0, column: 4)
    grid.write("f", row: 1, column: 0, style: loud)
    let escape = "\u{1B}["
    #expect(
      grid.ansi(tier: DisplayTier())
        == "\(escape)1mab\(escape)38;2;255;0;0mcd\(escape)me\n\(escape)1;38;2;255;0;0mf\(escape)m\n"
    )
    #expect(grid.ansi(tier: DisplayTier(colors: .palette16)).contains("\(escape)91mcd"))
    #expect(grid.ansi(tier: DisplayTier(colors: .palette256)).contains("\(escape)38;5;196mcd"))
    #expect(
      grid.ansi(tier: DisplayTier(colors: .mono))
        == "\(escape)1mabcd\(escape)me\n\(escape)1mf\(escape)m\n")
  }

  @Test func `a thousand styles keep distinct letters`() {
    var grid = CellGrid(height: 25, width: 40)
    for row in 0..<25 {
      for column in 0..<40 {
        grid[row, column] = Cell(" ", Style(background: Color(UInt8(row), UInt8(column), 0)))
      }
    }
    let planes = grid.frameText()
    #expect(planes.legend.count == 1000)
    #expect(Set(planes.styles.joined()).count == 1000)
  }
}
