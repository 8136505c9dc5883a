import Testing

struct InfoTests {
  @Test func `people see the layers`() throws {
    let result = try convscope("info", Example.model)
    #expect(result.status == 0, "\(result.errors)")
    for part in ["model.onnx", "Conv", "parameters"] {
      #expect(result.output.contains(part), "\(result.output)")
    }
  }

  @Test func `scripts get layers and edges`() throws {
    let result = try convscope("info", Example.model, "--json")
    let report = try JSONLine.object(result.output)
    let layers = try #require(report["layers"] as? [[String: Any]])
    #expect(!layers.isEmpty)
    for key in ["name", "operator", "shape", "neurons", "parameters", "group"] {
      #expect(layers.allSatisfy { $0[key] != nil }, "\(key)")
    }
    #expect(report["edges"] is [Any])
  }
}
