import Foundation
import Testing

/// Wherever the result should go: found out before the work where possible, one sentence, nothing
/// half written.
struct BadOutputTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func command(writing path: String) -> [String] {
    [
      "analyze", Example.model, "--data", Example.images, "--limit", "20", "--preprocess",
      "imagenet", "--no-cache", "-o", path,
    ]
  }

  private func analyze(writing path: String) throws -> CommandResult {
    try runCommand(Program.path, command(writing: path))
  }

  @Test func `a folder that does not exist`() throws {
    let path = folder.file("no/such/place.atlas")
    expectComplaint(try analyze(writing: path), naming: "does not exist", "place.atlas")
    let merged = try convscope("merge", "-o", path, try Example.atlas())
    expectComplaint(merged, naming: "does not exist")
  }

  @Test func `a folder where the file should go`() throws {
    expectComplaint(try analyze(writing: folder.path), naming: "is a folder")
  }

  @Test func `a file that is no atlas stays as it is`() throws {
    let path = folder.file("model.onnx")
    try FileManager.default.copyItem(atPath: Example.model, toPath: path)
    let before = FileManager.default.contents(atPath: path)
    expectComplaint(try analyze(writing: path), naming: "is not replaced", "model.onnx")
    expectComplaint(
      try convscope("merge", "-o", path, try Example.atlas()), naming: "is not replaced")
    expectComplaint(
      try convscope("check", Example.model, "--sarif", path), naming: "is not replaced")
    expectComplaint(
      try convscope(
        "ablate", Example.model, "--neurons", "top.conv:0", "--data", Example.images,
        "--export-mask", path),
      naming: "is not replaced")
    #expect(FileManager.default.contents(atPath: path) == before)
  }

  @Test func `an atlas is replaced, and a device takes no atlas`() throws {
    let path = folder.file("a.atlas")
    try FileManager.default.copyItem(atPath: try Example.atlas(), toPath: path)
    let before = FileManager.default.contents(atPath: path)
    #expect(try analyze(writing: path).status == 0)
    #expect(FileManager.default.contents(atPath: path) != before)
    expectComplaint(try analyze(writing: "/dev/full"), naming: "no regular file")
  }

  @Test func `findings and text share the file that standard output goes to`() throws {
    let path = folder.file("log")
    let check = "'\(Program.path)' check '\(Example.model)'"
    let line = "echo first > '\(path)'; \(check) --sarif /dev/stdout >> '\(path)'; cat '\(path)'"
    let result = try runCommand("/bin/bash", ["-c", line])
    let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first == "first")
    #expect(result.output.contains("\"runs\"") && result.output.contains("No findings"))
  }

  @Test func `findings go down a pipe`() throws {
    let line =
      "'\(Program.path)' check '\(Example.model)' --sarif /dev/stderr 2>&1 >/dev/null | cat"
    let result = try runCommand("/bin/bash", ["-c", line])
    #expect(try SARIFDocument(result.output).results.isEmpty)
  }

  @Test(.enabled(if: getuid() != 0)) func `a folder that may not be written to`() throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.path)
    expectComplaint(try analyze(writing: folder.file("a.atlas")), naming: "not open to you")
  }

  @Test func `a full disk under standard output is a failure`() throws {
    for words in ["info", "show"] {
      let line = "'\(Program.path)' \(words) '\(Example.model)' > /dev/full"
      expectComplaint(try runCommand("/bin/bash", ["-c", line]), naming: "tandard output")
    }
  }

  @Test func `a limit on the size of files leaves no half of one`() throws {
    let path = folder.file("a.atlas")
    let line = ([Program.path] + command(writing: path)).map { "'\($0)'" }.joined(separator: " ")
    let result = try runCommand("/bin/bash", ["-c", "ulimit -f 8; exec \(line)"])
    expectComplaint(result, naming: "full")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }
}
