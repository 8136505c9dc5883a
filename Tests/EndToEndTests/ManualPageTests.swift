import Foundation
import Testing

struct ManualPageTests {
  private let made: String

  init() throws { made = try convscope("help-man").output }

  /// `.build/debug/convscope help-man > Docs/convscope.1` brings it up to date.
  @Test func `the page in Docs is the program's own`() throws {
    var root = URL(filePath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    let page = root.appending(path: "Docs/convscope.1")
    #expect(try String(contentsOf: page, encoding: .utf8) == made)
  }

  @Test func `it names the commands, options, keys and exit status`() {
    for part in [
      ".TH CONVSCOPE 1", "analyze", "merge", "show", "info", "doctor", "\\-\\-data", ".SH KEYS",
      ".SH EXIT STATUS", "CONVSCOPE_ONNXRUNTIME",
    ] {
      #expect(made.contains(part), "\(part)")
    }
    #expect(!made.contains("help\\-man\\fR") && !made.contains("trace"))
  }

  @Test func `the help overlay and the page know the same keys`() throws {
    let overlay = try convscope(
      "show", Example.model, "network", "--keys", "?", "--size", "160x60", "--format", "text")
    for key in ["expand or collapse a group of layers", "next match", "run a command by name"] {
      #expect(overlay.output.contains(key), "\(key)")
      #expect(made.contains(key), "\(key)")
    }
  }

  @Test func `roff has nothing to complain of`() throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/groff") else { return }
    let folder = try TemporaryFolder()
    let page = try folder.write("convscope.1", made)
    let result = try runCommand("/usr/bin/groff", ["-man", "-Tutf8", "-ww", "-z", page])
    #expect(result.errors == "")
  }
}
