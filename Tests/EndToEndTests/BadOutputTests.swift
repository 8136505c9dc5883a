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
