import Analysis
import Atlases
import Findings
import Networks
import Testing

struct RemovalDetectorTests {
  private func trial(
    _ layer: Int, neurons: [Int]? = nil, images: Int = 500, lost: Int, gained: Int = 0,
    correct: Int = 450
  ) -> RemovalTrial {
    RemovalTrial(
      layer: LayerID(layer), neurons: neurons, imageCount: images, correctBefore: correct,
      lostCount: lost, gainedCount: gained)
  }

  private func rules(_ trials: [RemovalTrial]) -> [String] {
    Diagnosis().findings(in: HealthyAtlas.make(), removals: trials)
      .filter { $0.rule == .removableLayer || $0.rule == .layerTooWide }.map(\.id)
  }

  private var name: String { HealthyAtlas.make().network.layers[0].name }

  @Test func `a layer that nobody misses could go`() throws {
    #expect(rules([trial(0, lost: 1)]) == ["removable-layer/\(name)"])
    let finding = try #require(
      Diagnosis().findings(in: HealthyAtlas.make(), removals: [trial(0, lost: 2, gained: 1)])
        .first { $0.rule == .removableLayer })
    #expect(finding.sentence.contains("changes by -0.2 points (95 %: "))
    #expect(finding.sentence.contains("on 500 images, without training anew"))
    #expect(finding.imageCount == 500)
  }

  @Test(arguments: [
    (500, 12, 450), (500, 60, 450), (40, 0, 36), (500, 0, 50),
  ])
  func `losses, few images and guesses are no finding`(images: Int, lost: Int, correct: Int) {
    #expect(rules([trial(0, images: images, lost: lost, correct: correct)]) == [])
  }

  @Test func `half of a layer that nobody misses is width`() {
    let count = HealthyAtlas.make().network.layers[0].neuronCount
    let half = Array(0..<(count + 1) / 2)
    #expect(rules([trial(0, neurons: half, lost: 1)]) == ["layer-too-wide/\(name)"])
    #expect(rules([trial(0, neurons: half, lost: 30)]) == [])
    #expect(rules([trial(0, neurons: [0], lost: 0)]) == [])
    #expect(rules([trial(0, neurons: [count] + half, lost: 0)]) == [])
  }
}
