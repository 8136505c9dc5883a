import Analysis
import Atlases
import Findings
import Networks
import Tensors
import Testing

@Suite struct ScaleDetectorTests {
  @Test func `growth and shrinking along depth are told apart`() {
    let growing = Diagnosis().findings(in: SickAtlases.exploding)
    #expect(growing.map(\.id) == ["activation-scale/exploding"] && growing[0].severity == .error)
    #expect(growing[0].layers.map(\.index) == [0, 2])
    #expect(abs(growing[0].measures[0].value / 1e8 - 1) < 1e-4)
    let shrinking = Diagnosis().findings(in: SickAtlases.vanishing)
    #expect(shrinking.map(\.id) == ["activation-scale/vanishing"])
    #expect(shrinking[0].severity == .warning)
  }
}
