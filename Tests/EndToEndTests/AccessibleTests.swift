import Foundation
import Testing

/// The explorer as lines of text.
struct AccessibleTests {
  private let atlas: String
  private let folder: TemporaryFolder

  init() throws {
    atlas = try Example.atlas()
    folder = try TemporaryFolder()
  }

  private func explore(_ lines: String...) throws -> CommandResult {
    try runCommand(
      Program.path, [atlas, "--accessible"],
      environment: ["TERM": "dumb", "XDG_STATE_HOME": folder.path],
      input: lines.joined(separator: "\n") + "\n")
  }

  @Test func `a visit from the network to an image and back, by names and by keys`() throws {
    let result = try explore(
      "right", "in", "in", "", "in", "in", "out", "c", "help", "/stem", "quit!")
    #expect(result.status == 0, "\(result.errors)")
    for part in [
      "network screen at stem.conv:", "table layers: 8 rows", "layer screen, list of clusters at ",
      "cluster screen, neurons by classes at ", "neuron screen, strongest patches at ",
      "image screen at ", "classes screen at ", "accuracy and confusion", "left (h Left): ",
    ] {
      #expect(result.output.contains(part), "\(part):\n\(result.output)")
    }
  }

  @Test func `nothing but lines of text comes out`() throws {
    let result = try explore("read", "more", "z z 2 s", "f", "read", "quit!")
    #expect(result.status == 0)
    #expect(result.output.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 32 })
    #expect(result.output.split(separator: "\n").count > 40)
  }

  @Test func `clusters are edited, marked and copied like on the screen`() throws {
    let file = folder.file("row.tsv")
    let result = try explore(
      "go top.conv", "in", "rename blob", "set-mark a", "copy table \(file)", "network", "marks a",
      "recluster 3", "wait", "undo", "recluster", "quit!")
    #expect(result.status == 0, "\(result.errors)")
    for part in ["blob", "mark a: layer top.conv", "written to", "recluster CLUSTERS"] {
      #expect(result.output.contains(part), "\(part):\n\(result.output)")
    }
    #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix("cluster\t"))
  }

  @Test func `the end of the input is the end`() throws {
    #expect(try explore("in").status == 0)
  }

  @Test func `images run while lines wait for them`() throws {
    let result = try runCommand(
      Program.path,
      [
        Example.model, "--data", Example.images, "--limit", "30", "--preprocess", "imagenet",
        "--no-cache", "--accessible",
      ], input: "wait\nclasses\nquit!\n")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("all images ran: model.onnx"), "\(result.output)")
    #expect(result.output.contains("accuracy and confusion"))
  }
}
