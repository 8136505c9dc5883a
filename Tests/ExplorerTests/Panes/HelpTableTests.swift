import Canvas
import Testing

@testable import Explorer

struct HelpTableTests {
  private let rows = [
    HelpTable.Row(keys: "a", command: "first", help: "short"),
    HelpTable.Row(
      keys: "^b", command: "second-one", help: "what is said in words that need two lines"),
    HelpTable.Row(keys: "c", command: "third", help: "last"),
  ]

  private func table(_ height: Int, _ width: Int) -> HelpTable {
    HelpTable(rows, on: CellRect(row: 0, column: 0, height: height, width: width))
  }

  @Test func `where there is room every row is one line`() {
    #expect(table(24, 80).lines.map(\.help) == rows.map(\.help))
  }

  @Test(arguments: 24...60)
  func `on narrow screens no word is lost`(width: Int) {
    let lines = table(24, width).lines
    #expect(lines.filter { !$0.keys.isEmpty }.map(\.keys) == ["a", "^b", "c"])
    let words = lines.flatMap { $0.help.split(separator: " ") }
    #expect(words == rows.flatMap { $0.help.split(separator: " ") })
  }

  @Test func `it moves by lines and pages, never past its ends`() {
    let table = table(4, 30)
    let last = table.lines.count
    #expect(last > 3)
    #expect(table.first(after: .moveDown, from: 0) == 1)
    #expect(table.first(after: .moveUp, from: 0) == 0)
    let end = table.first(after: .moveLast, from: 0)
    #expect(end == table.first(after: .pageDown, from: end ?? 0))
    #expect(table.first(after: .moveUp, from: end ?? 0) == end.map { $0 - 1 })
    #expect(table.first(after: .moveFirst, from: 3) == 0)
    #expect(table.first(after: .goIn, from: 3) == nil)
  }

  @Test(arguments: [
    "", "enter", "enter enter", "enter enter enter", "c", "enter enter enter enter",
  ])
  func `all keys of a screen can be read on a small one`(way: String) {
    var state = settledState(after: "\(way) ?")
    var seen = ""
    for _ in 0..<80 {
      seen += frame(state).text()
      play("j", on: &state)
    }
    for binding in state.usableBindings {
      for word in binding.help.split(separator: " ") { #expect(seen.contains(word)) }
    }
    #expect(seen.contains("^z") && state.helpLine != nil)
    play("x", on: &state)
    #expect(state.helpLine == nil)
  }
}
