import Testing

@testable import convscope

struct PlainTextTests {
  @Test func `what would steer a terminal is taken away`() {
    #expect(plainText(["a\u{1B}[2Jb", "c\u{202E}d"]) == "a[2Jb\ncd\n")
  }

  @Test func `columns are as wide as what stands in them, wide letters included`() {
    #expect(
      alignedColumns([["class", "images"], ["漢", "5"], ["cat", "1200"]])
        == ["class  images", "漢          5", "cat      1200"])
  }

  @Test func `a first text that is too wide is cut, rows may differ in length`() {
    #expect(
      alignedColumns([["abcdefgh", "1"], ["ab"]], widestFirst: 4) == ["abc…  1", "ab  "])
    #expect(alignedColumns([]).isEmpty)
  }
}
