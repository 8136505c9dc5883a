import Analysis
import Atlases
import Findings
import Networks
import Tensors
import Testing

@Suite struct HalfPrecisionDetectorTests {
  @Test func `a value that float16 cannot hold is pointed out`() {
    let found = Diagnosis().findings(in: SickAtlases.overflowing)
    #expect(found.map(\.id) == ["half-precision-range/conv2"])
    #expect(found[0].neurons.map(\.channel) == [5] && found[0].severity == .info)
  }
}
