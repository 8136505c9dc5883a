import Analysis
import Atlases
import Findings
import Networks
import Tensors
import Testing

@Suite struct GapDetectorTests {
  @Test func `what training images gain is told in all and by class`() {
    let found = Diagnosis().findings(in: SickAtlases.overfitted, training: HealthyAtlas.make())
      .filter { $0.rule == .generalizationGap }
    #expect(
      found.map(\.subject) == ["network"] + HealthyAtlas.classes
        && found.map(\.severity) == [.warning, .info, .info, .info, .info])
    #expect(
      found[0].sentence
        == "Accuracy on all classes falls from 95.0 % of 160 training images to 60.0 % of 160 test "
        + "images.")
  }

  @Test func `other classes cannot be compared`() {
    let other = HealthyAtlas.make().with { $0.dataset?.classes = ["a", "b", "c", "d"] }
    #expect(
      !Diagnosis().findings(in: SickAtlases.overfitted, training: other)
        .contains { $0.rule == .generalizationGap })
  }
}
