import Foundation
import Testing

struct CompareTests {
  @Test func `a model differs in nothing from itself`() throws {
    let result = try convscope("compare", Example.model, Example.model, "--json")
    #expect(result.status == 0, "\(result.errors)")
    let report = try JSONLine.object(result.output)
    let layers = try #require(report["layers"] as? [[String: Any]])
    #expect(layers.count == 8)
    #expect(layers.allSatisfy { $0["weight_change"] as? Double == 0 })
    #expect(layers.allSatisfy { ($0["weight_cosine"] as? Double ?? 0) > 0.999_999 })
    #expect((report["removed"] as? [String])?.isEmpty == true)
    #expect(report["predictions"] == nil)
  }

  @Test func `without images it says what is not compared`() throws {
    let result = try convscope("compare", Example.model, Example.model)
    #expect(result.status == 0)
    #expect(result.output.contains("8 layers in both"))
    #expect(result.output.contains("not compared: no images ran; give labelled ones with --data"))
    let half = try convscope("compare", Example.atlas(), Example.model)
    #expect(half.output.contains("not compared: B ran no images; give those of the other"))
  }

  @Test func `the images that change sides are counted`() throws {
    let result = try convscope(
      "compare", Example.model, Example.model, "--data", Example.images, "--preprocess",
      "imagenet", "--limit", "20", "--no-cache")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("of 20 images"))
    #expect(result.output.contains("preprocessing  both as given (read)"))
    #expect(!result.output.contains("not the same ones"))
    // Image by image, although nothing is kept.
    #expect(result.output.contains("1.000 (20)"))
    #expect(result.output.contains("\nall "))
    #expect(result.output.contains("only A right   0"))
    #expect(result.output.contains("1.0000 (exact McNemar test"))
  }

  private func corpus(_ name: String) -> String {
    var url = URL(filePath: #filePath)
    for _ in 0..<2 { url.deleteLastPathComponent() }
    return url.appending(path: "Corpus/Checkpoints/\(name)").path
  }

  @Test func `two checkpoints without a graph are compared as they are stored`() throws {
    let path = corpus("lightning.ckpt")
    let result = try convscope("compare", path, path)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("A  lightning.ckpt · "))
    #expect(result.output.contains("as stored in checkpoints"))
    let report = try JSONLine.object(convscope("compare", path, path, "--json").output)
    let layers = try #require(report["layers"] as? [[String: Any]])
    #expect(!layers.isEmpty && layers.allSatisfy { $0["weight_change"] as? Double == 0 })
  }

  @Test func `a checkpoint takes the graph of the model it is compared with, or is refused`() throws
  {
    expectComplaint(
      try convscope("compare", corpus("lightning.ckpt"), Example.model),
      naming: "lightning.ckpt", "does not fit")
  }

  @Test func `other images, other feeding and files of one name are told`() throws {
    let folder = try TemporaryFolder()
    let few = folder.file("few.atlas")
    let made = try convscope(
      "analyze", Example.model, "--data", Example.images, "--limit", "20", "--preprocess",
      "scale=255,mean=0,std=1", "-o", few, "--no-cache")
    #expect(made.status == 0, "\(made.errors)")
    let result = try convscope("compare", Example.atlas(), few)
    #expect(result.status == 0, "\(result.errors)")
    for part in [
      "A  end-to-end.atlas (model.onnx) · ", "B  few.atlas (model.onnx) · ",
      "images         not the same ones",
      "preprocessing  A as given (read), B as given (read): what",
    ] {
      #expect(result.output.contains(part), "\(result.output)")
    }
    #expect(!result.output.contains("first change"))
    let report = try JSONLine.object(convscope("compare", Example.atlas(), few, "--json").output)
    #expect(report["same_images"] as? Bool == false && report["fed_alike"] as? Bool == false)
    #expect((report["second_facts"] as? [String: Any])?["images"] as? Int == 20)
    let copy = try folder.write("model.onnx", Example.modelBytes())
    let named = try convscope("compare", Example.model, copy).output
    #expect(named.contains("A  \(Example.model) · ") && named.contains("B  \(copy) · "))
  }

  @Test func `a file that is missing is named`() throws {
    let result = try convscope("compare", Example.model, "nowhere.onnx")
    #expect(result.status == 1 && result.errors.contains("nowhere.onnx"))
  }
}
