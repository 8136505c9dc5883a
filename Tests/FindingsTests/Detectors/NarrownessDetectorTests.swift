import Analysis
import Atlases
import Findings
import Networks
import Tensors
import Testing

@Suite struct NarrownessDetectorTests {
  @Test func `a last hidden layer of mixed neurons may be too narrow`() {
    let found = Diagnosis().findings(in: SickAtlases.narrow)
    #expect(found.map(\.id) == ["layer-too-narrow/fc1"] && found[0].severity == .info)
  }

  @Test func `a duplicate is a reserve, and so is accuracy`() {
    let spare = SickAtlases.narrow.with {
      $0.layers[2].similarity?.pairs = [
        NeuronPair(first: 0, second: 1, cosine: 0.92, mapCosine: 0.5)
      ]
    }
    #expect(Diagnosis().findings(in: spare).isEmpty)
    let accurate = SickAtlases.narrow.with {
      $0.classification = HealthyAtlas.classification(right: 40)
    }
    #expect(Diagnosis().findings(in: accurate).isEmpty)
  }
}
