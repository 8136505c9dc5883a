import Testing

@testable import Atlases

struct ActivationMapsUpscalingTests {
  @Test func `an upscaled map peaks where its position lies`() throws {
    var values = Array(repeating: Float(0), count: 64)
    values[2 * 8 + 5] = 1
    let maps = ActivationMaps(neuronCount: 1, height: 8, width: 8, values: values)
    let drawn = maps.upscaled(
      maps.mean(of: [0]), through: nil, inputHeight: 32, inputWidth: 32, height: 16, width: 16)
    let best = try #require(drawn.indices.max { drawn[$0] < drawn[$1] })
    #expect((best / 16, best % 16) == (4, 10) && drawn[best] == 0.75 * 0.75)
    #expect(drawn[4 * 16 + 12] == 0.75 * 0.25 && drawn[4 * 16 + 13] == 0)
  }

  @Test func `a constant map stays constant at every size`() {
    let maps = ActivationMaps(
      neuronCount: 1, height: 3, width: 2, values: Array(repeating: 2.5, count: 6))
    for (height, width) in [(1, 1), (3, 2), (17, 40)] {
      let drawn = maps.upscaled(
        maps.values, through: nil, inputHeight: 20, inputWidth: 30, height: height, width: width)
      #expect(drawn == Array(repeating: 2.5, count: height * width))
    }
  }
}
