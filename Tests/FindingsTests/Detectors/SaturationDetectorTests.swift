import Analysis
import Atlases
import Findings
import Networks
import Tensors
import Testing

@Suite struct SaturationDetectorTests {
  @Test func `most of a layer at its bound is an error`() {
    let found = Diagnosis().findings(in: SickAtlases.saturated)
    #expect(found.map(\.id) == ["saturated-neurons/conv2"] && found[0].severity == .error)
    #expect(found[0].neurons.count == 9 && found[0].measures[0].threshold == .saturatedError)
  }
}
