import Analysis
import Atlases
import Findings
import Networks
import Tensors
import Testing

@Suite struct ConfusionDetectorTests {
  @Test func `confused classes come with the cluster that serves both`() throws {
    let atlas = SickAtlases.confused.with { atlas in
      for neuron in stride(from: 1, to: 16, by: 4) {
        atlas.layers[2].statistics?.meanOfMean[neuron, 0] = 0.9
      }
    }
    let found = Diagnosis().findings(in: atlas)
    let finding = try #require(found.first)
    #expect(found.count == 1 && finding.id == "confused-classes/cat|dog")
    #expect(finding.severity == .warning)
    #expect(
      finding.sentence.hasPrefix(
        "12 of 40 images of cat (30 %) are taken for dog, 3 of 40 the other way round"))
    #expect(finding.sentence.hasSuffix("cluster B of fc1 responds most to both."))
    #expect(finding.neurons.map(\.channel) == [1, 5, 9, 13])
    #expect(finding.place == .confusion(truth: 0, predicted: 1))
  }

  @Test func `a handful of images is no confusion`() throws {
    var diagnosis = Diagnosis()
    try diagnosis.thresholds.set("confusion.count=13")
    #expect(diagnosis.findings(in: SickAtlases.confused).isEmpty)
  }
}
