import Analysis
import Atlases
import Findings
import Networks
import Tensors
import Testing

@Suite struct NearlyDeadDetectorTests {
  @Test func `neurons that fire once in a hundred images are found`() {
    let found = Diagnosis().findings(in: SickAtlases.nearlyDead)
    #expect(found.map(\.id) == ["nearly-dead-neurons/conv2"])
    #expect(found[0].neurons.map(\.channel) == [0, 1, 2] && found[0].severity == .info)
  }

  @Test func `signed layers are left alone`() {
    let atlas = SickAtlases.nearlyDead.with { $0.network.layers[1].activation = nil }
    #expect(Diagnosis().findings(in: atlas).isEmpty)
  }
}
