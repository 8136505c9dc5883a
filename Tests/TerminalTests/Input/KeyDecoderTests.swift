import Canvas
import Tensors
import Testing

@testable import Terminal

@Suite struct KeyDecoderTests {
  private func decode(_ text: String) -> [Key] {
    var decoder = KeyDecoder()
    return decoder.decode(inputs(text), at: .zero)
  }

  private func inputs(_ text: String) -> [TerminalInput] {
    text.unicodeScalars.map { .character($0) }
  }

  @Test(arguments: [
    ("a", [Key.character("a")]), ("é漢", [.character("é"), .character("漢")]),
    ("\r\n\t", [.enter, .enter, .tab]), ("\u{7F}\u{8}", [.backspace, .backspace]),
    ("\u{3}\u{12}", [.control("c"), .control("r")]), ("\u{1B}", [.escape]),
    ("\u{1B}\u{1B}", [.escape, .escape]), ("\u{1B}j", [.escape, .character("j")]),
    ("\u{1B}[A\u{1B}OB", [.up, .down]), ("\u{1B}[1;5C", [.right]),
    ("\u{1B}[H\u{1B}[4~", [.home, .end]),
    ("\u{1B}[3;2~\u{1B}[Z", [.delete, .backTab]),
    ("\u{1B}[15~\u{1B}[1;2P", [.function(5), .function(1)]),
    ("\u{1B}[I\u{1B}[O", []), ("\u{1B}[?62;22c", []), ("\u{1B}[99~x", [.character("x")]),
    ("\u{1B}[", [.escape, .character("[")]), ("\u{1B}O", [.escape, .character("O")]),
    ("\u{1B}[<0;5;3M", [.mousePress(row: 2, column: 4)]), ("\u{1B}[<0;5;3m", []),
    (
      "\u{1B}[<64;300;1M\u{1B}[<65;1;1M",
      [.scrollUp(row: 0, column: 299), .scrollDown(row: 0, column: 0)]
    ),
    ("\u{1B}[<2;5;3M\u{1B}[<32;5;3M", []), ("\u{1B}[M !!", [.mousePress(row: 0, column: 0)]),
    ("\u{1B}[<0;0;0M", []),
    ("\u{1B}[<0;99999999999999999999;1M", [.mousePress(row: 0, column: 99_999)]),
  ])
  func `input becomes keys`(text: String, keys: [Key]) {
    #expect(decode(text) == keys)
  }

  @Test func `a sequence may arrive in pieces`() {
    var decoder = KeyDecoder()
    #expect(decoder.decode(inputs("\u{1B}[<0;1"), at: .zero) == [])
    #expect(
      decoder.decode(inputs("2;7Mx"), at: .zero) == [
        .mousePress(row: 6, column: 11), .character("x"),
      ])
  }

  @Test(arguments: [
    ("\u{1B}]11;rgb:ffff/ffff/ffff\u{7}", [Key.appearance(.light)]),
    ("\u{1B}]11;rgb:1e1e/1e1e/2e2e\u{1B}\\x", [.appearance(.dark), .character("x")]),
    ("\u{1B}]11;rgb:f/f/e\u{7}", [.appearance(.light)]),
    ("\u{1B}]11;rgba:0000/0000/0000/ffff\u{7}", [.appearance(.dark)]),
    ("\u{1B}]11;rgb:zz/1/1\u{7}j", [.character("j")]), ("\u{1B}]52;c;aGk=\u{7}", []),
    ("\u{1B}]11;rgb:1/1\u{7}", []), ("\u{1B}]", [.escape, .character("]")]),
  ])
  func `what the terminal says of its background is taken whole`(text: String, keys: [Key]) {
    #expect(decode(text) == keys)
  }

  @Test func `an answer in pieces types nothing, and one without end is given up`() {
    var decoder = KeyDecoder()
    #expect(decoder.decode(inputs("\u{1B}]11;rgb:ff"), at: .zero) == [])
    #expect(
      decoder.decode(inputs("ff/ffff/ffff\u{7}"), at: .milliseconds(200)) == [.appearance(.light)])
    #expect(decoder.decode(inputs("\u{1B}]11;rgb"), at: .seconds(1)) == [])
    #expect(decoder.decode(inputs("j"), at: .seconds(3)) == [.character("j")])
  }

  @Test func `the rest of a sequence that comes late is a key and no letters`() {
    var decoder = KeyDecoder()
    #expect(decoder.decode(inputs("\u{1B}"), at: .zero) == [.escape])
    #expect(decoder.decode(inputs("[A"), at: .milliseconds(60)) == [.up])
    #expect(decoder.decode(inputs("\u{1B}"), at: .milliseconds(100)) == [.escape])
    #expect(
      decoder.decode(inputs("[<0;5;3Mx"), at: .milliseconds(150)) == [
        .mousePress(row: 2, column: 4), .character("x"),
      ])
  }

  @Test func `a lone Esc waits whether more comes`() {
    var decoder = KeyDecoder(escapeWait: .milliseconds(5))
    #expect(decoder.timeToDecide(at: .zero) == nil)
    #expect(decoder.decode(inputs("\u{1B}"), at: .milliseconds(10)) == [])
    #expect(decoder.mayBeEscape)
    #expect(decoder.timeToDecide(at: .milliseconds(12)) == .milliseconds(3))
    #expect(decoder.decode([], at: .milliseconds(13)) == [])
    #expect(decoder.decode([], at: .milliseconds(15)) == [.escape])
    #expect(!decoder.mayBeEscape && decoder.timeToDecide(at: .milliseconds(15)) == nil)
    #expect(decoder.decode(inputs("\u{1B}"), at: .milliseconds(200)) == [])
    #expect(decoder.decode(inputs("["), at: .milliseconds(203)) == [])
    #expect(decoder.decode(inputs("A"), at: .milliseconds(206)) == [.up])
    #expect(decoder.decode(inputs("\u{1B}"), at: .milliseconds(300)) == [])
    #expect(
      decoder.decode(inputs("j"), at: .milliseconds(302)) == [.escape, .character("j")])
    #expect(decoder.decode(inputs("\u{1B}\u{1B}"), at: .milliseconds(400)) == [.escape])
    #expect(decoder.decode([], at: .milliseconds(405)) == [.escape])
    #expect(decoder.decode(inputs("\u{1B}[A\u{1B}OB"), at: .milliseconds(500)) == [.up, .down])
  }

  @Test func `the rest of a sequence is known after the wait, too`() {
    var decoder = KeyDecoder(escapeWait: .milliseconds(5))
    #expect(decoder.decode(inputs("\u{1B}"), at: .zero) == [])
    #expect(decoder.decode([], at: .milliseconds(5)) == [.escape])
    #expect(decoder.decode(inputs("[A"), at: .milliseconds(60)) == [.up])
  }

  @Test func `what a person types after Esc is typed`() {
    var decoder = KeyDecoder()
    #expect(decoder.decode(inputs("\u{1B}"), at: .zero) == [.escape])
    #expect(decoder.decode(inputs("["), at: .milliseconds(60)) == [.character("[")])
    #expect(decoder.decode(inputs("\u{1B}"), at: .milliseconds(100)) == [.escape])
    #expect(
      decoder.decode(inputs("[A"), at: .milliseconds(250)) == [.character("["), .character("A")])
    #expect(decoder.decode(inputs("\u{1B}"), at: .milliseconds(300)) == [.escape])
    #expect(
      decoder.decode(inputs("jk"), at: .milliseconds(310)) == [.character("j"), .character("k")])
  }

  @Test func `two presses at one place within 0.4 s are a double click`() {
    var decoder = KeyDecoder()
    let press = inputs("\u{1B}[<0;5;3M")
    #expect(decoder.decode(press, at: .zero) == [.mousePress(row: 2, column: 4)])
    #expect(decoder.decode(press, at: .milliseconds(300)) == [.mouseDoubleClick(row: 2, column: 4)])
    #expect(decoder.decode(press, at: .milliseconds(400)) == [.mousePress(row: 2, column: 4)])
    #expect(decoder.decode(press, at: .milliseconds(900)) == [.mousePress(row: 2, column: 4)])
    #expect(
      decoder.decode(inputs("\u{1B}[<0;6;3M"), at: .milliseconds(950)) == [
        .mousePress(row: 2, column: 5)
      ])
  }

  @Test func `pasted text is not commands`() {
    var decoder = KeyDecoder()
    #expect(decoder.decode(inputs("\u{1B}[200~qqq"), at: .zero) == [])
    #expect(decoder.decode(inputs("qq\u{1B}[201~"), at: .milliseconds(10)) == [])
    #expect(decoder.decode(inputs("j"), at: .milliseconds(20)) == [.character("j")])
    #expect(decoder.decode(inputs("\u{1B}[200~"), at: .zero) == [])
    #expect(decoder.decode(inputs("k"), at: .seconds(5)) == [.character("k")])
  }

  @Test func `no bytes make a trap and all keys come through afterwards`() {
    var generator = SeededGenerator(seed: 1)
    let alphabet = Array("\u{1B}[O<M;0159~mABq\u{9B}\u{7F}\u{0}".unicodeScalars)
    for _ in 0..<2000 {
      var decoder = KeyDecoder()
      let noise = (0..<40).map { _ in
        TerminalInput.character(alphabet.randomElement(using: &generator) ?? "x")
      }
      _ = decoder.decode(noise, at: .zero)
      _ = decoder.decode(inputs(String(repeating: "z", count: 40)), at: .seconds(2))
      #expect(decoder.decode(inputs("j"), at: .seconds(4)) == [.character("j")])
    }
  }
}
