import Tensors
import Testing

struct WireBytesTests {
  /// Examples of the format's own description.
  @Test func `fields are those of the published examples`() {
    #expect(WireBytes.field(1, 150) == [0x08, 0x96, 0x01])
    #expect(WireBytes.field(2, "testing") == [0x12, 0x07] + Array("testing".utf8))
    #expect(WireBytes.field(3, WireBytes.field(1, 150)) == [0x1A, 0x03, 0x08, 0x96, 0x01])
  }

  @Test func `a head is what stands before the content`() {
    let content = [UInt8](repeating: 7, count: 300)
    #expect(WireBytes.head(16, 300) == [0x82, 0x01, 0xAC, 0x02])
    #expect(WireBytes.field(16, content) == WireBytes.head(16, 300) + content)
    #expect(WireBytes.field(1, -5) == WireBytes.field(1, 0))
  }
}
