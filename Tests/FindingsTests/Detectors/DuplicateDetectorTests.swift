import Analysis
import Atlases
import Findings
import Networks
import Tensors
import Testing

@Suite struct DuplicateDetectorTests {
  @Test func `repeats are counted once each, likeness of the mean alone is none`() {
    let found = Diagnosis().findings(in: SickAtlases.duplicates)
    #expect(found.map(\.id) == ["duplicate-neurons/conv2"])
    #expect(found[0].neurons.map(\.channel) == [1, 2, 3, 5] && found[0].severity == .warning)
    #expect(found[0].sentence.contains("such as 1 of 0 with cosine 0.99"))
  }

  @Test func `a stricter cosine finds fewer`() throws {
    var diagnosis = Diagnosis()
    try diagnosis.thresholds.set("duplicate.cosine=0.975")
    #expect(diagnosis.findings(in: SickAtlases.duplicates)[0].neurons.map(\.channel) == [3])
  }
}
