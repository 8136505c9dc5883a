import Canvas
import Foundation
import Testing

@testable import Terminal

@Suite struct OutputTests {
  @Test func `a pair keeps its number until all are given out`() {
    var table = PairTable(capacity: 3)
    let first = ColorPair(foreground: 1, background: 2)
    let second = ColorPair(foreground: 2, background: 1)
    #expect(table.number(of: .plain)?.number == 0)
    #expect(table.number(of: first) ?? (9, false) == (1, true))
    #expect(table.number(of: second) ?? (9, false) == (2, true))
    #expect(table.number(of: first) ?? (9, true) == (1, false))
    #expect(table.number(of: ColorPair(foreground: 7, background: 7)) == nil)
    table.removeAll()
    #expect(table.number(of: second) ?? (9, false) == (1, true))
  }

  @Test func `near-black is lifted above the palette entries`() {
    let numbers = ColorNumbers(tier: .truecolor, count: 1 << 24)
    let style = Style(foreground: Color(0, 0, 5), background: Color(1, 2, 3))
    #expect(numbers.pair(style).pair == ColorPair(foreground: 8, background: 0x010203))
    #expect(numbers.pair(.plain).pair == .plain)
  }

  @Test func `eight colours are made sixteen with attributes`() {
    let numbers = ColorNumbers(tier: .palette16, count: 8)
    let yellow = numbers.pair(Style(foreground: Color(palette: 11)))
    #expect(yellow.pair.foreground == 3 && yellow.attributes == .bold)
    let grey = numbers.pair(Style(foreground: Color(palette: 8), background: Color(palette: 12)))
    #expect(grey.pair == ColorPair(foreground: 7, background: 4) && grey.attributes == .dim)
    let none = ColorNumbers(tier: .mono, count: 0).pair(
      Style(foreground: Color(9, 9, 9), attributes: .reverse))
    #expect(none.pair == .plain && none.attributes == .reverse)
  }

  @Test(arguments: [("\u{1B}[H$<5/>x", "\u{1B}[Hx"), ("$<2>", ""), ("a$b$<", "a$b$<")])
  func `delays are taken out of capabilities`(text: String, expected: String) {
    #expect(ScreenSequences.withoutPadding(Array(text.utf8)) == Array(expected.utf8))
  }

  @Test(arguments: ["", "a", "ab", "abc", "abcd", "漢字 path/to=neuron"])
  func `copied text is encoded as others do`(text: String) {
    let expected = Array(Data(text.utf8).base64EncodedString().utf8)
    #expect(Clipboard.base64(Array(text.utf8)) == expected)
  }

  @Test func `a link is slow when a frame is stuck, not when it is large`() {
    #expect(!LinkSpeed.isSlow(bytes: 100, in: .milliseconds(20)))
    #expect(LinkSpeed.isSlow(bytes: 20_000, in: .milliseconds(400)))
    #expect(!LinkSpeed.isSlow(bytes: 400_000, in: .milliseconds(180)))
  }

  @Test func `text too long for terminals is not sent`() {
    #expect(Clipboard.sequence(copying: String(repeating: "x", count: 60_000)) == nil)
    #expect(Clipboard.sequence(copying: "hi") == Array("\u{1B}]52;c;aGk=\u{7}".utf8))
  }
}
