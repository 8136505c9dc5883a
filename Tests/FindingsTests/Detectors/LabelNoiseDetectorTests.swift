import Analysis
import Atlases
import Findings
import Networks
import Tensors
import Testing

@Suite struct LabelNoiseDetectorTests {
  @Test func `firm disagreement is listed, surest first`() {
    let found = Diagnosis().findings(in: SickAtlases.noisy)
    #expect(found.map(\.id) == ["label-noise/network"] && found[0].severity == .info)
    #expect(found[0].images == [38, 39, 78, 79, 118, 119, 158, 159])
    #expect(found[0].place == .image(38))
  }

  @Test func `a poor network is no judge of labels`() {
    let atlas = SickAtlases.noisy.with { atlas in
      atlas.classification = HealthyAtlas.classification(right: 20, confidence: 0.99)
    }
    #expect(!Diagnosis().findings(in: atlas).contains { $0.rule == .labelNoise })
  }
}
