import Testing

@testable import Tensors

@Suite struct NumberTextTests {
  @Test func `fixed rounds and pads`() {
    #expect(NumberText.fixed(91.76, 1) == "91.8")
    #expect(NumberText.fixed(0.05, 3) == "0.050")
    #expect(NumberText.fixed(-0.001, 2) == "0.00")
    #expect(NumberText.fixed(-2.5, 0) == "-3")
    #expect(NumberText.fixed(.nan, 2) == "nan")
  }

  @Test func `groups of three digits`() {
    #expect(NumberText.grouped(7) == "7")
    #expect(NumberText.grouped(-1234) == "-1,234")
    #expect(NumberText.grouped(10_000_000) == "10,000,000")
  }

  @Test func `what is counted stands in the singular or the plural`() {
    #expect(NumberText.counted(1, "image") == "1 image")
    #expect(NumberText.counted(0, "image") == "0 images")
    #expect(NumberText.counted(1024, "class", "classes") == "1,024 classes")
  }

  @Test func `compact keeps about three digits`() {
    #expect(NumberText.compact(0.01234) == "0.0123")
    #expect(NumberText.compact(1.5e-7) == "1.50e-7")
    #expect(NumberText.compact(123.4) == "123")
    #expect(NumberText.compact(0) == "0")
  }

  @Test func `durations and bytes`() {
    #expect(NumberText.duration(seconds: 38) == "0:38")
    #expect(NumberText.duration(seconds: 3727) == "1:02:07")
    #expect(NumberText.bytes(1_677_721) == "1.6 MiB")
  }
}
