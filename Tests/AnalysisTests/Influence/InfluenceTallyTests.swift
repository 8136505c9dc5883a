import Tensors
import Testing

@testable import Analysis

@Suite struct InfluenceTallyTests {
  @Test func `means are the same bits in any order of images`() {
    var random = SeededGenerator(seed: 3)
    let images = (0..<20).map { _ in
      (0..<6).map { _ in Float.random(in: 0...1e3, using: &random) }
    }
    func tally(_ order: [Int]) -> InfluenceTally {
      var tally = InfluenceTally(neuronCount: 2, channelCount: 3)
      for index in order {
        tally.add(excitatory: images[index], inhibitory: images[19 - index])
      }
      return tally
    }
    let (one, other) = (tally(Array(0..<20)), tally((0..<20).reversed()))
    #expect(one.means.excitatory == other.means.excitatory)
    #expect(one.means.excitatory == one.means.inhibitory && one.imageCount == 20)
    let mean = images.reduce(0.0) { $0 + Double($1[5]) } / 20
    #expect(abs(Double(one.means.excitatory[1, 2]) - mean) < 1e-3)
  }

  @Test func `a value that is not finite makes its pair unknown, and no other`() {
    var tally = InfluenceTally(neuronCount: 1, channelCount: 2)
    #expect(tally.means.excitatory.values.allSatisfy { $0.isNaN })
    tally.add(excitatory: [.nan, 1], inhibitory: [0, 2])
    tally.add(excitatory: [1, 3], inhibitory: [0, 2])
    #expect(tally.means.excitatory[0, 0].isNaN && tally.means.inhibitory[0, 0].isNaN)
    #expect(tally.means.excitatory[0, 1] == 2 && tally.means.inhibitory[0, 1] == 2)
  }
}
