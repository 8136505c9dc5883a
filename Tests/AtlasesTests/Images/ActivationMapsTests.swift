import Analysis
import Tensors
import Testing

@testable import Atlases

struct ActivationMapsTests {
  private func maps(_ shape: [Int], axis: Int) throws -> FeatureMaps {
    try #require(FeatureMaps(shape: shape, channelAxis: axis))
  }

  @Test(arguments: [1, 3])
  func `small maps are kept as they are, in either layout`(axis: Int) throws {
    let shape = axis == 1 ? [2, 3, 4, 5] : [2, 4, 5, 3]
    let values = (0..<120).map { Float($0) }
    let kept = ActivationMaps(values.span, try maps(shape, axis: axis))
    #expect((kept.height, kept.width, kept.reduction) == (4, 5, 1))
    for neuron in 0..<3 {
      for position in 0..<20 {
        let source = axis == 1 ? neuron * 20 + position : position * 3 + neuron
        #expect(kept.values[neuron * 20 + position] == Float(source))
      }
    }
  }

  @Test func `large maps are averaged over squares until they fit`() throws {
    let values = (0..<2 * 5 * 6).map { Float($0) }
    let kept = ActivationMaps(values.span, try maps([1, 2, 5, 6], axis: 1), limit: 20)
    #expect((kept.height, kept.width, kept.reduction) == (3, 3, 2))
    #expect(kept.values[0] == 3.5)
    // The last row of squares is half outside.
    #expect(kept.values[6] == 24.5)
    #expect(kept.values[9] == 33.5)
  }

  @Test func `the mean of some neurons is taken place by place`() {
    let maps = ActivationMaps(neuronCount: 3, height: 1, width: 2, values: [1, 2, 3, 4, 50, 60])
    #expect(maps.mean(of: [0, 1]) == [2, 3])
    #expect(maps.mean(of: [2, 99, -1]) == [50, 60])
    #expect(maps.mean(of: []) == [0, 0])
  }
}
