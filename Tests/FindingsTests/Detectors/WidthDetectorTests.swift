import Analysis
import Atlases
import Findings
import Networks
import Tensors
import Testing

@Suite struct WidthDetectorTests {
  @Test func `a layer half of which is idle looks too wide`() throws {
    let found = Diagnosis().findings(in: SickAtlases.wide)
    let finding = try #require(found.first { $0.rule == .layerTooWide })
    #expect(finding.subject == "fc1" && finding.neurons.count == 9)
    #expect(finding.measures[0].value == 9.0 / 16 && finding.severity == .warning)
  }

  @Test func `images of a few outputs do not prove width`() {
    let atlas = SickAtlases.wide.with { $0.classification?.outputCount = 1000 }
    #expect(!Diagnosis().findings(in: atlas).contains { $0.rule == .layerTooWide })
  }
}
