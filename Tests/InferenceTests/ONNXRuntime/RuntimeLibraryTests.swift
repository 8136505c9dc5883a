import Testing

@testable import Inference

@Suite struct RuntimeLibraryTests {
  @Test(arguments: [
    ("1.20.0", true), ("1.32.0", true), ("2.0", true), ("1.19.2", false), ("1.3.0", false),
    ("unknown", false), ("1", false),
  ])
  func `1.20 and newer are usable`(version: String, isUsable: Bool) {
    #expect(RuntimeLibrary.isUsable(version: version) == isUsable)
  }

  @Test func `a file that is no library is refused with its path`() {
    #expect {
      _ = try RuntimeLibrary(path: #filePath)
    } throws: {
      "\($0)".contains(#filePath)
    }
  }

  @Test func `a library that is no engine is refused`() {
    #expect {
      _ = try RuntimeLibrary(path: "libm.so.6")
    } throws: {
      "\($0)".contains("no ONNX Runtime")
    }
  }
}
