import Foundation
import Testing

@Suite(.serialized) struct AblateTests {
  private func ablate(_ arguments: String...) throws -> CommandResult {
    try runCommand(
      Program.path,
      [
        "ablate", Example.model, "--data", Example.images, "--preprocess", "imagenet",
        "--no-cache", "--images", "40",
      ] + arguments)
  }

  private func layerName(_ index: Int) throws -> String {
    let info = try JSONLine.object(convscope("info", Example.model, "--json").output)
    let layers = try #require(info["layers"] as? [[String: Any]])
    return try #require(layers[index]["name"] as? String)
  }

  @Test func `neurons are switched off, and a mask is written`() throws {
    let mask = NSTemporaryDirectory() + "convscope-mask-\(UUID().uuidString).json"
    defer { try? FileManager.default.removeItem(atPath: mask) }
    let name = try layerName(1)
    let result = try ablate("--neurons", "\(name):0,2-3", "--json", "--export-mask", mask)
    #expect(result.status == 0, "\(result.errors)")
    let report = try JSONLine.object(result.output)
    #expect(report["images"] as? Int == 40 && report["replacement"] as? String == "zero")
    let before = try #require(report["accuracy_before"] as? Double)
    #expect(before > 0.9)
    #expect((report["classes"] as? [Any])?.count == 10)
    let written = try JSONLine.object(String(contentsOfFile: mask, encoding: .utf8))
    let layers = try #require(written["layers"] as? [[String: Any]])
    #expect(layers[0]["name"] as? String == name && layers[0]["neurons"] as? [Int] == [0, 2, 3])
  }

  @Test func `people read what changed`() throws {
    let result = try ablate("--neurons", try layerName(0), "--mean")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("the neuron's mean") && result.output.contains("points"))
  }

  @Test(arguments: ["nowhere:1", "model:999"])
  func `a wrong address is a usage error`(address: String) throws {
    let result = try ablate("--neurons", address)
    #expect(result.status == 2)
    #expect(result.errors.split(separator: "\n").count == 1)
  }

  @Test func `contributions of all layers land in the atlas, and show prints them`() throws {
    let atlas = NSTemporaryDirectory() + "convscope-\(UUID().uuidString).atlas"
    defer { try? FileManager.default.removeItem(atPath: atlas) }
    let made = try convscope(
      "analyze", Example.model, "--data", Example.images, "--preprocess", "imagenet",
      "--no-cache", "--limit", "20", "--contributions", "-o", atlas)
    #expect(made.status == 0, "\(made.errors)")
    let shown = try convscope("show", atlas, "network", "--format", "json")
    let screen = try JSONLine.object(shown.output)
    let tables = try #require(screen["tables"] as? [[String: Any]])
    let table = try #require(
      tables.first { ($0["name"] as? String)?.hasPrefix("contributions") == true })
    let rows = try #require(table["rows"] as? [[Any]])
    #expect(rows.count > 20)
    #expect(rows.allSatisfy { $0[2] as? String == "zeroed, 20 images" })
    let frame = try convscope(
      "show", atlas, "network", "--keys", "3", "--format", "text", "--size", "120x40")
    #expect(frame.output.contains("zeroed, 20 images"))
  }

  @Test func `keys switch a cluster off and list the images that change`() throws {
    let result = try convscope(
      Example.model, "--data", Example.images, "--preprocess", "imagenet", "--limit", "20",
      "--keys", "3\nX\nenter", "--no-cache")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("what if these neurons were switched off"))
    #expect(result.output.contains("lost"))
  }
}
