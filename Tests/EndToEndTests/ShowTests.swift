import Foundation
import Testing

struct ShowTests {
  @Test func `the tour of the example shows what its captions say`() throws {
    let result = try convscope(
      Example.model, "--data", Example.images, "--limit", "60", "--preprocess", "imagenet",
      "--no-cache", "--tour", "\(Example.folder)/tour.keys", "--size", "100x30")
    #expect(result.status == 0, "\(result.errors)")
    for part in [
      "each pane is a layer", "One neuron:", "strongest inputs and outputs",
      "accuracy and confusion",
      "red-square-striped or red-disc-striped", "finding", "top.conv:0-7",
    ] {
      #expect(result.output.contains(part), "\(part)")
    }
    for complaint in ["has no meaning here", "no command is called", "nothing is called"] {
      #expect(!result.output.contains(complaint))
    }
  }

  private func show(_ arguments: String...) throws -> CommandResult {
    try runCommand(Program.path, ["show", Example.atlas()] + arguments)
  }

  @Test func `a screen is printed in the size asked for`() throws {
    let result = try show("network", "--size", "100x30", "--format", "text")
    #expect(result.status == 0, "\(result.errors)")
    let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 31)
    #expect(lines.allSatisfy { $0.count <= 100 })
    #expect(result.output.contains("model.onnx"))
    #expect(!result.output.contains("\u{1B}"))
  }

  @Test func `the view may be left out`() throws {
    #expect(try show().output == show("network").output)
  }

  @Test(arguments: [("truecolor", "38;2;"), ("256", "38;5;"), ("16", "\u{1B}[")])
  func `colours are those of the tier`(tier: String, sequence: String) throws {
    let result = try show("network", "--format", "ansi", "--color", tier)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains(sequence))
  }

  @Test func `ascii glyphs are ascii`() throws {
    let result = try show("network", "--format", "text", "--glyphs", "ascii")
    #expect(result.output.allSatisfy { $0.isASCII })
  }

  @Test func `an SVG is one document`() throws {
    let result = try show("network", "--format", "svg")
    #expect(result.output.hasPrefix("<svg"))
    #expect(result.output.contains("</svg>"))
  }

  @Test func `JSON holds what the screen says`() throws {
    let screen = try JSONLine.object(show("network", "--format", "json").output)
    #expect(screen["version"] as? Int == 1)
    #expect(screen["view"] as? String == "network")
    #expect((screen["tables"] as? [Any])?.isEmpty == false)
  }

  @Test func `words need no boxes`() throws {
    let result = try show("network", "--format", "words")
    #expect(result.status == 0, "\(result.errors)")
    #expect(!result.output.contains("│"))
    #expect(result.output.contains("model.onnx"))
  }

  @Test func `keys are pressed before the frame`() throws {
    let plain = try show("network").output
    let moved = try show("network", "--keys", "j enter").output
    #expect(moved != plain)
    #expect(try show("network", "--keys", "j enter q").output != moved)
    expectComplaint(try show("--keys", "<nokey>"), status: 2, naming: "<nokey>")
  }

  @Test func `a model alone shows its structure`() throws {
    let result = try convscope("show", Example.model, "network")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("model.onnx"))
  }

  @Test func `an unknown view names those there are`() throws {
    expectComplaint(try show("nonsense"), status: 2, naming: "nonsense", "network")
    expectComplaint(try show("layer", "nonsense"), naming: "nonsense")
  }

  @Test func `an image runs through the model that is named`() throws {
    let files = ["--model", Example.model, "--data", Example.images]
    let result = try runCommand(
      Program.path, ["show", Example.atlas(), "image", "123", "--format", "json"] + files)
    #expect(result.status == 0, "\(result.errors)")
    let screen = try JSONLine.object(result.output)
    let tables = try #require(screen["tables"] as? [[String: Any]])
    let clusters = try #require(
      tables.first { ($0["name"] as? String)?.hasPrefix("clusters on this image") == true })
    let rows = try #require(clusters["rows"] as? [[Any]])
    #expect(Set(rows.compactMap { $0.first as? String }).count == 8)
    #expect(rows.contains { ($0[3] as? Double ?? 0) > 1 })
    #expect(try !show("image", "123").output.contains("s.d."))
    #expect(try show("image", "123").output.contains("--data"))
  }

  @Test func `a model that is not the atlas' is refused`() throws {
    expectComplaint(try show("image", "1", "--model", Example.model), status: 2, naming: "--data")
    let other = try runCommand(
      Program.path,
      [
        "show", Example.atlas(), "image", "1", "--model", Example.model, "--data",
        Example.images + "/red-disc-plain",
      ])
    expectComplaint(other, naming: "not hold the images of this atlas")
  }
}
