import Analysis
import Atlases
import Findings
import Networks
import Tensors
import Testing

@Suite struct PreprocessingDetectorTests {
  @Test func `a better candidate is named with both accuracies`() {
    let found = Diagnosis().findings(in: SickAtlases.misfed)
    #expect(found.map(\.id) == ["preprocessing/network"] && found[0].severity == .warning)
    #expect(found[0].sentence.contains("40.0 %") && found[0].sentence.contains("−1…1"))
  }

  @Test func `a lead within chance is none`() {
    let atlas = SickAtlases.misfed.with {
      $0.provenance.preprocessing?.chosen = HealthyAtlas.trial("0…255", 0.92)
    }
    #expect(Diagnosis().findings(in: atlas).isEmpty)
  }
}
