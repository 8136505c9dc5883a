import Analysis
import Atlases
import Findings
import Networks
import Tensors
import Testing

@Suite struct AccuracyDetectorTests {
  @Test func `a class without predictions is found, and what is said instead`() throws {
    let found = Diagnosis().findings(in: SickAtlases.neverPredicted)
    let finding = try #require(found.first { $0.rule == .neverPredicted })
    #expect(finding.subject == "ship" && finding.severity == .warning)
    #expect(finding.place == .confusion(truth: 3, predicted: 0))
  }

  @Test func `one answer to everything hides its consequences`() {
    let found = Diagnosis().findings(in: SickAtlases.collapsed)
    #expect(found.map(\.id) == ["collapsed-output/network"] && found[0].severity == .error)
    #expect(found[0].sentence.hasPrefix("100.0 % of 160 labelled images are classified as dog"))
  }

  @Test func `guessing is an error of its own`() {
    #expect(
      Diagnosis().findings(in: SickAtlases.guessing).map(\.id) == ["chance-accuracy/network"])
  }

  @Test func `images of one class alone may well get one answer`() {
    let atlas = SickAtlases.collapsed.with { atlas in
      atlas.classification?.confusion = (0..<20).map { $0 == 6 ? 160 : 0 }
      atlas.classification?.top1Count = 160
    }
    #expect(!Diagnosis().findings(in: atlas).contains { $0.rule == .collapsedOutput })
  }

  @Test func `a class the network does not know is named`() {
    let found = Diagnosis().findings(in: SickAtlases.withoutOutput)
    #expect(found.map(\.id) == ["class-without-output/frog"])
  }
}
