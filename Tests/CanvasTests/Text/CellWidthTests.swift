import Canvas
import Testing

@Suite struct CellWidthTests {
  @Test(arguments: [
    ("a", 1), ("é", 1), ("漢", 2), ("한", 2), ("ｱ", 1), ("Ａ", 2), ("→", 1), ("█", 1), ("─", 1),
    ("●", 1), ("…", 1), ("🐸", 2), ("\u{301}", 0), ("\u{200D}", 0), ("\u{FE0F}", 0), ("\u{7}", 0),
  ])
  func `scalars take the columns of Annex 11, ambiguous ones narrow`(text: String, width: Int) {
    #expect(text.unicodeScalars.first?.cellWidth == width)
  }

  @Test func `a text's width is that of its glyphs`() {
    #expect(cellWidth(of: "a漢e\u{301}🐸") == 6)
  }
}
