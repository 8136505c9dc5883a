import Foundation
import Testing

struct AnalyzeTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var atlas: String { folder.file("shapes.atlas") }

  @Test func `the example is analysed and reported line by line`() throws {
    let result = try convscope(
      "analyze", Example.model, "--data", Example.images, "-o", atlas, "--json", "--no-cache")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors == "")
    let lines = try JSONLine.all(of: result.output)
    #expect(lines.allSatisfy { $0["event"] is String })
    let done = try #require(lines.last)
    #expect(done["event"] as? String == "done")
    #expect(done["version"] as? Int == 1)
    #expect(done["images"] as? Int == 400)
    #expect(try #require(done["top1"] as? Double) >= 0.97)
    #expect(try #require(done["top5"] as? Double) >= 0.97)
    #expect(done["seconds"] is Double)
    #expect((done["engine"] as? String)?.contains("ONNX Runtime") == true)
    #expect(done["output"] as? String == atlas)
    let preprocessing = try #require(done["preprocessing"] as? [String: Any])
    #expect(["read", "verified", "inferred"].contains(preprocessing["evidence"] as? String))
    #expect(preprocessing["runners_up"] is [Any])
    #expect(FileManager.default.fileExists(atPath: atlas))
  }

  @Test func `people get a summary, scripts a silent standard error`() throws {
    let result = try convscope(
      "analyze", Example.model, "--data", Example.images, "-o", atlas, "--limit", "40",
      "--preprocess", "imagenet", "--no-cache")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors == "")
    for part in ["40", "top-1", "preprocessing", "ONNX Runtime", atlas] {
      #expect(result.output.contains(part), "\(result.output)")
    }
  }

  @Test func `the same seed gives the same atlas`() throws {
    var files: [Data] = []
    for name in ["a.atlas", "b.atlas"] {
      let result = try convscope(
        "analyze", Example.model, "--data", Example.images, "-o", folder.file(name),
        "--limit", "50", "--seed", "7", "--preprocess", "imagenet", "--no-cache")
      #expect(result.status == 0, "\(result.errors)")
      files.append(try Data(contentsOf: URL(filePath: folder.file(name))))
    }
    #expect(files[0] == files[1])
  }

  @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
  func `a signal keeps the part, and the same command goes on`(signal: Int32) throws {
    let environment = ["XDG_CACHE_HOME": folder.file("cache")]
    let arguments = [
      "analyze", Example.model, "--data", Example.images, "-o", atlas, "--threads", "1",
      "--preprocess", "imagenet", "--json",
    ]
    let stopped = try runCommand(Program.path, arguments, environment: environment) {
      process, output in
      for _ in 0..<2000 where !output().contains("progress") { usleep(10_000) }
      kill(process, signal)
      // As `timeout` does: once to the process, once to its group.
      usleep(3000)
      kill(process, signal)
    }
    if stopped.status != 0 {
      #expect(stopped.status == 128 + signal)
      #expect(stopped.signal == nil)
      #expect(stopped.complaints.count == 1, "\(stopped.errors)")
      let last = try JSONLine.last(of: stopped.output)
      #expect(last["event"] as? String == "stopped")
      #expect(try #require(last["images"] as? Int) < 400)
    }
    let result = try runCommand(Program.path, arguments, environment: environment)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try JSONLine.last(of: result.output)["images"] as? Int == 400)
  }

  @Test func `what the cache holds takes the name that the model has now`() throws {
    let environment = ["XDG_CACHE_HOME": folder.file("cache")]
    let renamed = folder.file("renamed.onnx")
    try FileManager.default.copyItem(atPath: Example.model, toPath: renamed)
    let options = ["--data", Example.images, "--limit", "20", "--preprocess", "imagenet"]
    for model in [Example.model, renamed] {
      let result = try runCommand(
        Program.path, ["compare", model, renamed] + options, environment: environment)
      #expect(result.status == 0, "\(result.errors)")
      let names = [model, renamed].map { URL(filePath: $0).lastPathComponent }
      #expect(result.output.contains("A  \(names[0]) · "), "\(result.output)")
      #expect(result.output.contains("B  \(names[1]) · "), "\(result.output)")
    }
    let kept = try runCommand(
      Program.path, ["analyze", renamed, "-o", atlas] + options, environment: environment)
    #expect(kept.output.contains("from the cache"), "\(kept.output)")
    let shown = try convscope("compare", atlas, Example.model)
    #expect(shown.output.contains("A  shapes.atlas (renamed.onnx) · "), "\(shown.output)")
  }

  /// Runs of the search that a line of progress speaks of last.
  private func searched(_ output: String) throws -> Int {
    let texts = output.split(separator: "\n").map(String.init).filter { $0.contains("looking") }
    let counts = texts.compactMap { text in
      text.firstMatch(of: /([0-9,]+) runs/).flatMap { Int($0.1.filter(\.isNumber)) }
    }
    return counts.last ?? 0
  }

  @Test func `a signal ends the search within a batch, and the same command starts anew`() throws {
    let environment = ["XDG_CACHE_HOME": folder.file("cache")]
    let arguments = ["analyze", Example.model, "--data", Example.images, "--json"]
    let stopped = try runCommand(
      Program.path, arguments + ["-o", atlas], environment: environment
    ) { process, output in
      for _ in 0..<2000 where !output().contains("runs") { usleep(5000) }
      kill(process, SIGTERM)
    }
    #expect(stopped.status == 128 + SIGTERM && stopped.signal == nil)
    #expect(stopped.complaints.count == 1, "\(stopped.errors)")
    #expect(stopped.errors.contains("terminated"), "\(stopped.errors)")
    #expect(!FileManager.default.fileExists(atPath: atlas))
    let result = try runCommand(
      Program.path, arguments + ["-o", atlas], environment: environment)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try searched(stopped.output) < searched(result.output))
    let whole = try runCommand(
      Program.path, arguments + ["-o", folder.file("whole.atlas"), "--no-cache"])
    #expect(whole.status == 0, "\(whole.errors)")
    #expect(
      try Data(contentsOf: URL(filePath: atlas))
        == Data(contentsOf: URL(filePath: folder.file("whole.atlas"))))
  }

  @Test func `parts merge into the whole`() throws {
    for index in 1...2 {
      let result = try convscope(
        "analyze", Example.model, "--data", Example.images, "-o", folder.file("\(index).atlas"),
        "--shard", "\(index)/2", "--preprocess", "imagenet", "--no-cache")
      #expect(result.status == 0, "\(result.errors)")
    }
    let merged = try convscope(
      "merge", "-o", atlas, folder.file("1.atlas"), folder.file("2.atlas"))
    #expect(merged.status == 0, "\(merged.errors)")
    #expect(merged.output.contains("400"), "\(merged.output)")
    let twice = try convscope(
      "merge", "-o", atlas, folder.file("1.atlas"), folder.file("1.atlas"))
    expectComplaint(twice, naming: "1.atlas")
  }

  /// Writing ends with EFBIG as it would with ENOSPC.
  @Test func `a full disk while the atlas is written`() throws {
    let command = """
      trap '' XFSZ; ulimit -f 8
      exec '\(Program.path)' analyze '\(Example.model)' --data '\(Example.images)' \
        --limit 60 -o '\(atlas)' --preprocess imagenet --no-cache
      """
    let result = try runCommand("/bin/bash", ["-c", command])
    expectComplaint(result, naming: folder.path, "free some space")
    #expect(!FileManager.default.fileExists(atPath: atlas))
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(left == [], "nothing half-written stays behind")
  }

  @Test func `a folder that is not there to write to`() throws {
    let result = try convscope(
      "analyze", Example.model, "--data", Example.images, "--limit", "20",
      "-o", folder.file("nowhere/a.atlas"), "--preprocess", "imagenet", "--no-cache")
    expectComplaint(result, naming: "nowhere")
  }
}
