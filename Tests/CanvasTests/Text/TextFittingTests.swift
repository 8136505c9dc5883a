import Canvas
import Testing

@Suite struct TextFittingTests {
  @Test(arguments: [
    (TextTruncation.clip, "abcdef"), (.end, "abcde…"), (.start, "…fghij"), (.middle, "abc…ij"),
  ])
  func `a long text is cut where asked`(truncation: TextTruncation, expected: String) {
    #expect(truncated("abcdefghij", to: 6, truncation) == expected)
    #expect(truncated("abcdef", to: 6, truncation) == "abcdef")
  }

  @Test func `a path keeps its last part`() {
    #expect(truncated("/data/long/way/model.onnx", to: 17, .path) == "/data…/model.onnx")
    #expect(truncated("/data/averyverylongname.onnx", to: 12, .path) == "/data/….onnx")
  }

  @Test func `a wide glyph is never halved`() {
    #expect(truncated("漢漢漢", to: 4) == "漢…")
    #expect(truncated("漢", to: 1) == "…")
  }

  @Test(arguments: [TextTruncation.clip, .end, .start, .middle, .path], 0...12)
  func `no text is wider than its field`(truncation: TextTruncation, width: Int) {
    for text in ["", "a", "/a/漢字/bcd.onnx", "漢漢漢漢漢漢漢", "e\u{301}\u{202E}漢/x\u{1B}yyyyyyy"] {
      #expect(cellWidth(of: truncated(text, to: width, truncation)) <= width)
    }
  }
}
