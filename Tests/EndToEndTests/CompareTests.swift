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
    #expect(result.output.contains("not compared"))
  }

  @Test func `the images that change sides are counted`() throws {
    let result = try convscope(
      "compare", Example.model, Example.model, "--data", Example.images, "--preprocess",
      "imagenet", "--limit", "20", "--no-cache")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("of 20 images"))
    #expect(result.output.contains("only A right   0"))
    #expect(result.output.contains("1.0000 (exact McNemar test"))
  }

  @Test func `a file that is missing is named`() throws {
    let result = try convscope("compare", Example.model, "nowhere.onnx")
    #expect(result.status == 1 && result.errors.contains("nowhere.onnx"))
  }
}
