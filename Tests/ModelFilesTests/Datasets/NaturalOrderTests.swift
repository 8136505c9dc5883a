import Tensors
import Testing

@testable import ModelFiles

@Suite struct NaturalOrderTests {
  @Test func `numbers sort by value`() {
    let expected = ["a", "a1", "a01", "a2", "a2b", "a10", "a010x", "b0", "b00", "b1"]
    #expect(sortedNaturally(expected.reversed()) == expected)
    #expect(sortedNaturally(["10.png", "9.png", "1.png"]) == ["1.png", "9.png", "10.png"])
  }

  @Test(arguments: UInt64(0)..<30)
  func `any two orders of input give one order of output`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let names = (0..<60).map { _ in
      String(
        (0..<Int.random(in: 0...5, using: &random)).map { _ in
          ["0", "1", "9", "a", "b", "."].randomElement(using: &random) ?? "c"
        }.joined())
    }
    #expect(sortedNaturally(names) == sortedNaturally(names.shuffled(using: &random)))
    for a in names {
      let bytes = Array(a.utf8)
      let precedesItself = naturallyPrecedes(bytes.span, bytes.span)
      #expect(!precedesItself)
    }
  }
}
