import Testing

@testable import Canvas

@Suite struct SafeGlyphsTests {
  private func shown(_ text: String) -> String {
    var result = ""
    result.unicodeScalars.append(contentsOf: safeGlyphs(text))
    return result
  }

  @Test(arguments: [
    ("plain", "plain"), ("\u{1B}[2Jboo", "�[2Jboo"), ("a\u{9B}31mb", "a�31mb"),
    ("evil\u{202E}txt.exe", "evil�txt.exe"), ("a\tb\nc", "a b c"), ("a\r\nb", "a b"),
    ("zero\u{200B}width", "zerowidth"), ("e\u{301}te\u{301}", "été"),
    ("q\u{301}", "q"), ("\u{1100}\u{1161}\u{11A8}", "각"), ("か\u{3099}", "が"),
    ("\u{0}\u{7F}", "��"), ("\u{FEFF}bom", "bom"), ("\u{2028}", " "),
  ])
  func `hostile text is made safe`(text: String, expected: String) {
    #expect(shown(text).unicodeScalars.elementsEqual(expected.unicodeScalars))
  }

  @Test func `every scalar shows as something a terminal is not steered by`() {
    for value in UInt32(0)...0x1_1000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for glyph in safeGlyphs(String(Character(scalar))) {
        #expect(glyph.value >= 0x20 && !(0x7F..<0xA0).contains(glyph.value))
        #expect(glyph.cellWidth == 1 || glyph.cellWidth == 2)
      }
    }
  }

  @Test func `plain text shows as it does character by character`() {
    for value in UInt32(0x20)...0x2FFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = "a\(Character(scalar))b"
      // What takes no column is not shown, but has every character looked at.
      let slow = safeGlyphs(text + "\u{200B}")
      #expect(safeGlyphs(text) == slow)
      #expect(cellWidth(of: text) == slow.reduce(0) { $0 + $1.cellWidth })
    }
  }

  @Test func `symbols are what Unicode says of them`() {
    for value in UInt32(0x2000)...0x25FF {
      guard let scalar = Unicode.Scalar(value), scalar.isSymbol || scalar.isLineOrBlock else {
        continue
      }
      let category = scalar.properties.generalCategory
      #expect(![.unassigned, .format, .nonspacingMark, .control].contains(category))
      #expect(scalar.cellWidth == 1 && scalar.isSafe)
    }
  }

  @Test func `only as much of a long text is read as is shown`() {
    let text = String(repeating: "x", count: 5_000_000)
    #expect(safeGlyphs(text, stoppingAbove: 10).count == 11)
    #expect(truncated(text, to: 10, .middle) == "xxxxx…xxxx")
  }
}
