import Foundation
import Testing

struct CheckTests {
  private func check(_ arguments: String...) throws -> CommandResult {
    try runCommand(Program.path, ["check", Example.atlas()] + arguments)
  }

  @Test func `an atlas of few images says that they are few`() throws {
    let result = try check()
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("few-images/network"))
    #expect(result.output.hasPrefix("model.onnx · "))
    #expect(result.output.contains("finding"))
  }

  @Test func `JSON is one stable object`() throws {
    let report = try JSONLine.object(check("--json").output)
    #expect(report["version"] as? Int == 1)
    let findings = try #require(report["findings"] as? [[String: Any]])
    let few = try #require(findings.first { $0["rule"] as? String == "few-images" })
    #expect(few["id"] as? String == "few-images/network")
    #expect(few["severity"] as? String == "info")
    let measure = try #require((few["measures"] as? [[String: Any]])?.first)
    #expect(measure["threshold"] as? String == "images.minimum")
    #expect(measure["limit"] as? Double == 100)
    #expect((report["thresholds"] as? [String: Double])?["dead.warning"] == 0.25)
    #expect((report["counts"] as? [String: Int])?.keys.sorted() == ["error", "info", "warning"])
  }

  @Test func `SARIF holds the same findings, printed or written`() throws {
    let path = NSTemporaryDirectory() + "convscope-\(UUID().uuidString).sarif"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let printed = try check("--format", "sarif", "--sarif", path).output
    #expect(try String(contentsOfFile: path, encoding: .utf8) == printed)
    let report = try JSONLine.object(check("--json").output)
    let found = try #require(report["findings"] as? [[String: Any]])
    let results = try SARIFDocument(printed).results
    #expect(results.compactMap(\.identity) == found.compactMap { $0["id"] as? String })
  }

  @Test func `SARIF is as the standard wants it, wherever the model lies`() throws {
    let folder = try TemporaryFolder()
    let atlas = try #require(FileManager.default.contents(atPath: Example.atlas()))
    for name in ["plain.atlas", "ä b:c#1%?.atlas"] {
      let path = try folder.write(name, Array(atlas))
      let result = try convscope(
        "check", path, "--format", "sarif", "--threshold", "images.minimum=50",
        "--threshold", "confusion.share=0.1", "--threshold", "confusion.count=1",
        "--threshold", "class.images=1", "--threshold", "noise.confidence=0.3")
      let document = try SARIFDocument(result.output)
      #expect(document.problems == [])
      #expect(!document.results.isEmpty)
      for result in document.results {
        let location = try #require(result.location.flatMap { URL(string: $0) })
        #expect(location.scheme == "file" && location.path(percentEncoded: false) == path)
      }
    }
    let silent = try SARIFDocument(convscope("check", Example.model, "--format", "sarif").output)
    #expect(silent.problems == [] && silent.results.isEmpty)
  }

  @Test func `how the images were fed is said, and how that is known`() throws {
    #expect(try check().output.contains("preprocessing: as given (read)"))
    let feeding = try JSONLine.object(check("--json").output)["preprocessing"] as? [String: String]
    #expect(feeding == ["name": "as given", "evidence": "read"])
  }

  @Test func `a finding that reaches the given severity ends with status 3`() throws {
    let failing = try check("--fail-on", "info")
    #expect(failing.status == 3)
    #expect(failing.complaints.count == 1 && failing.errors.contains("severity info"))
    #expect(failing.output.contains("few-images/network"))
    #expect(try check("--fail-on", "error").status == 0)
  }

  @Test func `thresholds change what is found`() throws {
    let lowered = try check("--threshold", "images.minimum=50")
    #expect(lowered.status == 0 && !lowered.output.contains("few-images"))
    expectComplaint(
      try check("--threshold", "few=1"), status: 2, naming: "few", "dead.warning")
    expectComplaint(
      try check("--threshold", "dead.warning=7"), status: 2, naming: "dead.warning", "7")
  }

  @Test func `a model alone is checked by its weights`() throws {
    let result = try convscope("check", Example.model)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("weights only") && result.output.contains("No findings."))
  }

  @Test func `training images of another network are refused`() throws {
    expectComplaint(try check("--train", "nowhere.atlas"), naming: "nowhere.atlas")
    let same = try check("--train", try Example.atlas())
    #expect(same.status == 0 && !same.output.contains("generalization-gap"))
  }

  @Test func `a folder of checkpoints is checked as a run`() throws {
    let folder = try TemporaryFolder()
    for epoch in 1...2 { _ = try folder.write("epoch_\(epoch).onnx", Example.modelBytes()) }
    let arguments = [
      "--data", Example.images, "--limit", "20", "--preprocess", "imagenet", "--no-cache",
    ]
    let path = folder.file("")
    let result = try runCommand(Program.path, ["check", path] + arguments)
    #expect(result.status == 0, "\(result.errors)")
    let heading = " · 2 checkpoints · 20 images of shapes/images at each · preprocessing: "
    #expect(result.output.contains(heading))
    #expect(result.output.contains("dead neurons") && result.output.contains("No findings."))
    let printed = try runCommand(Program.path, ["check", path, "--json"] + arguments).output
    let report = try JSONLine.object(printed)
    #expect(report["version"] as? Int == 1 && report["images"] as? Int == 20)
    let checkpoints = try #require(report["checkpoints"] as? [[String: Any]])
    #expect(checkpoints.map { $0["checkpoint"] as? String } == ["1", "2"])
    #expect(checkpoints.allSatisfy { ($0["dead_neurons"] as? [Any])?.count == 8 })
    expectComplaint(
      try convscope("check", path, "--data", Example.images, "--measure"), status: 2,
      naming: "folder of checkpoints")
  }

  @Test func `a run that diverged fails, and SARIF names the checkpoint`() throws {
    let folder = try TemporaryFolder()
    for (epoch, value) in [(1, Float(0.5)), (2, .nan)] {
      _ = try folder.write("epoch_\(epoch).safetensors", kernels(of: value))
    }
    let result = try convscope(
      "check", folder.file(""), "--fail-on", "error", "--format", "sarif")
    #expect(result.status == 3, "\(result.errors)")
    let document = try SARIFDocument(result.output)
    #expect(document.problems == [])
    #expect(document.results.map(\.identity) == ["training-diverged/2"])
    #expect(document.results.first?.location?.hasSuffix("/epoch_2.safetensors") == true)
  }

  /// A convolution of two kernels with one value everywhere, as safetensors.
  private func kernels(of value: Float) -> [UInt8] {
    let header = #"{"conv.weight":{"dtype":"F32","shape":[2,1,3,3],"data_offsets":[0,72]}}"#
    let number = (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
    let count = (0..<8).map { UInt8(truncatingIfNeeded: header.utf8.count >> (8 * $0)) }
    return count + Array(header.utf8) + (0..<18).flatMap { _ in number }
  }

  @Test func `the screen shows the same list`() throws {
    let screen = try convscope(
      "show", try Example.atlas(), "findings", "--format", "text", "--size", "120x30")
    #expect(screen.status == 0 && screen.output.contains("few-images/network"))
  }
}
