import Analysis
import Atlases
import Findings
import Networks
import Tensors
import Testing

@Suite struct DeadDetectorTests {
  @Test func `dead neurons are counted and named`() throws {
    let found = Diagnosis().findings(in: SickAtlases.dead)
    let finding = try #require(found.first)
    #expect(found.count == 1 && finding.id == "dead-neurons/conv2" && finding.severity == .warning)
    #expect(finding.neurons.map(\.channel) == [0, 1, 2, 3, 4])
    #expect(finding.measures[0].value == 5.0 / 16)
    #expect(finding.sentence == "5 of 16 neurons of conv2 never fire on 160 images.")
  }

  @Test func `a layer of nothing but dead neurons is an error`() throws {
    let found = Diagnosis().findings(in: SickAtlases.deadLayer)
    #expect(found.map(\.id) == ["dead-layer/fc1"] && found[0].severity == .error)
  }

  @Test func `images of a few of many outputs prove little`() throws {
    let atlas = SickAtlases.dead.with { $0.classification?.outputCount = 1000 }
    let found = Diagnosis().findings(in: atlas)
    #expect(found.map(\.severity) == [.info])
    #expect(found[0].sentence.hasSuffix("which show 4 of the network's 1,000 outputs."))
  }
}
