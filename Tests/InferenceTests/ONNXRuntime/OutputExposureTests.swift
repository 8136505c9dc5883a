import Testing

@testable import Inference

@Suite struct OutputExposureTests {
  @Test func `nothing is appended for no names`() {
    #expect(OutputExposure.bytes(exposing: []).isEmpty)
  }

  /// Field 7 { field 12 { field 1 "ab" } field 12 { field 1 "c" } }, encoded by hand.
  @Test func `names become outputs of a graph`() {
    #expect(
      OutputExposure.bytes(exposing: ["ab", "c"]) == [
        0x3A, 11, 0x62, 4, 0x0A, 2, 0x61, 0x62, 0x62, 3, 0x0A, 1, 0x63,
      ])
  }

  @Test func `long names get long lengths`() {
    let bytes = OutputExposure.bytes(exposing: [String(repeating: "x", count: 300)])
    #expect(Array(bytes[..<9]) == [0x3A, 0xB2, 0x02, 0x62, 0xAF, 0x02, 0x0A, 0xAC, 0x02])
    #expect(bytes.count == 309)
  }
}
