import Canvas
import Explorer
import Testing

@testable import convscope

struct LineInputTests {
  @Test(arguments: [
    ("", LineInput.whereAmI), ("   ", .whereAmI), ("read", .read), ("more", .more),
    ("help", .help), ("?", .help), ("status", .status), ("wait", .wait),
    ("in", .command("in")), (":go conv1:3", .command("go conv1:3")),
    ("recluster  4", .command("recluster 4")), ("quit!", .command("quit!")),
    ("/conv", .search("conv")), ("/ conv 2", .search("conv 2")),
    ("j j enter", .keys([.character("j"), .character("j"), .enter])),
    ("^o", .keys([.control("o")])), ("nosuchword", .unknown("nosuchword")),
  ])
  func `a line is a question, a command, a search or keys`(line: String, input: LineInput) {
    #expect(LineInput(line) == input)
  }

  @Test func `a line without end is cut`() {
    #expect(LineInput(String(repeating: "x", count: 100_000)) != .whereAmI)
  }

  @Test func `lines hold no control characters and, where wanted, only ASCII`() {
    var written = ""
    let writer = LineWriter(glyphs: .ascii) { written += $0 }
    writer.say("a · b\u{1B}[31m × „c“ – 5 %\u{7}")
    #expect(written.hasSuffix("\n"))
    #expect(written.unicodeScalars.allSatisfy { $0 == "\n" || (0x20..<0x7F).contains($0.value) })
    #expect(written.hasPrefix("a "))
  }
}
