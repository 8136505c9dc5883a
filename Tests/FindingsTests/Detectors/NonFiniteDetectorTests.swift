import Analysis
import Atlases
import Findings
import Networks
import Tensors
import Testing

@Suite struct NonFiniteDetectorTests {
  @Test func `weights and activations that are no numbers are errors`() {
    let found = Diagnosis().findings(in: SickAtlases.nonFinite)
    #expect(found.map(\.id) == ["non-finite-weights/fc1", "non-finite-activations/conv1"])
    #expect(found.allSatisfy { $0.severity == .error })
    #expect(found[0].sentence == "4 of 100 weights of fc1 are NaN or infinite.")
    #expect(found[1].sentence.contains("5 of 160 images"))
  }
}
