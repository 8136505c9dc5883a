import Foundation
import Testing

@testable import Inference

@Suite struct EngineSearchTests {
  /// A folder with empty files at `paths`, removed after `body`.
  private func withFiles(_ paths: [String], _ body: (String) throws -> Void) throws {
    let root = FileManager.default.temporaryDirectory.path + "/engine-search-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: root) }
    for path in paths {
      let folder = (root + "/" + path as NSString).deletingLastPathComponent
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      _ = FileManager.default.createFile(atPath: root + "/" + path, contents: nil)
    }
    try body(root)
  }

  @Test func `places come in their order, newest version first`() throws {
    let python = "home/.local/lib/python3.11/site-packages/onnxruntime/capi/"
    let paths = [
      "bin/libonnxruntime.so.1.21.0", "lib/convscope/libonnxruntime.so.1.9.0",
      "lib/convscope/libonnxruntime.so.1.32.0",
      ".build/engine/onnxruntime-1.30.0/libonnxruntime.so",
      "system/libonnxruntime.so.1", python + "libonnxruntime.so.1.24.4", python + "other.so",
    ]
    try withFiles(paths) { root in
      let search = EngineSearch(
        environment: [
          "CONVSCOPE_ONNXRUNTIME": "/named/libonnxruntime.so.1.25.0",
          "LD_LIBRARY_PATH": "/none:\(root)/system", "HOME": root + "/home",
        ], executablePath: root + "/bin/convscope")
      let found = search.candidates().filter {
        $0.path.hasPrefix(root) || $0.path.hasPrefix("/named")
      }
      #expect(found.map(\.version) == ["1.25.0", "1.21.0", "1.32.0", "1.9.0", nil, nil, "1.24.4"])
      #expect(found[0].origin == "CONVSCOPE_ONNXRUNTIME")
      #expect(found[4].path.hasSuffix(".build/engine/onnxruntime-1.30.0/libonnxruntime.so"))
      #expect(found[6].origin == "a Python's onnxruntime")
    }
  }

  @Test func `a named engine that does not exist is an error, whatever else there is`() {
    let search = EngineSearch(
      environment: ["CONVSCOPE_ONNXRUNTIME": "/nowhere/libonnxruntime.so"],
      executablePath: EngineUnderTest.root + "/.build/release/convscope")
    #expect {
      _ = try RuntimeEngine.load(search)
    } throws: {
      "\($0)".contains("/nowhere/libonnxruntime.so")
    }
  }

  @Test func `an old engine alone is reported as too old`() throws {
    try withFiles(["bin/libonnxruntime.so.1.16.3"]) { root in
      let search = EngineSearch(environment: [:], executablePath: root + "/bin/convscope")
      guard search.candidates().count == 1 else { return }
      #expect(
        throws: InferenceError.engineNotFound(tooOld: root + "/bin/libonnxruntime.so.1.16.3")
      ) { _ = try RuntimeEngine.load(search) }
    }
  }
}
