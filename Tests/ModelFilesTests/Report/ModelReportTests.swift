import Foundation
import Testing

@testable import ModelFiles

@Suite struct ModelReportTests {
  @Test func `JSON has stable keys and comes back whole`() throws {
    let report = ModelReport(try OnnxBuilder.small().open())
    let text = try report.json()
    let data = Data(text.utf8)
    #expect(try JSONDecoder().decode(ModelReport.self, from: data) == report)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(
      object.keys.sorted() == [
        "analysis", "edges", "groups", "inputs", "layers", "model", "notes", "outputs", "version",
      ])
    let layers = try #require(object["layers"] as? [[String: Any]])
    #expect(layers.map { $0["name"] as? String } == ["stem", "left", "right", "fc"])
    #expect(layers[0]["shape"] as? [AnyHashable] == ["batch", 4, 8, 8])
    for key in ["operator", "neurons", "parameters", "group", "activation", "weights"] {
      #expect(layers[0][key] != nil, "no \(key)")
    }
    let edges = try #require(object["edges"] as? [[String: Any]])
    #expect(edges.contains { $0["source"] as? String == "stem" && $0["target"] as? String == "fc" })
  }

  @Test(arguments: [20, 40, 60, 80, 132])
  func `text fits its width`(width: Int) throws {
    let report = ModelReport(try OnnxBuilder.small().open())
    let lines = report.infoText(width: width).split(separator: "\n").dropFirst()
    #expect(lines.allSatisfy { $0.count <= width })
    #expect(lines.contains { $0.contains("fc") })
  }

  @Test func `text says what counts`() throws {
    let text = ModelReport(try OnnxBuilder.small().open()).infoText(width: 100)
    for part in ["3 convolutions, 1 dense", "524 parameters", "BN Relu", "batch×5", "5 classes"] {
      #expect(text.contains(part), "no \(part)")
    }
  }

  @Test func `long names lose their middle`() {
    #expect(TextTable.cut("layer1.0.conv1", to: 14) == "layer1.0.conv1")
    #expect(TextTable.cut("layer1.0.conv1", to: 9) == "laye…onv1".prefix(9))
    #expect(TextTable.cut("layer1", to: 2) == "la")
  }
}
