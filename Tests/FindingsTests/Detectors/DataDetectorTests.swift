import Analysis
import Atlases
import Findings
import Networks
import Tensors
import Testing

@Suite struct DataDetectorTests {
  @Test func `unreadable images are counted`() {
    let found = Diagnosis().findings(in: SickAtlases.unreadable)
    #expect(found.map(\.id) == ["unreadable-images/network"] && found[0].severity == .warning)
    #expect(found[0].sentence == "5 of 165 images could not be read, such as a.png: not an image.")
  }
}
