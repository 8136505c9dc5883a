import Networks
import Testing

@testable import Pipeline

private let usual = FakeNetwork.candidates[0].preprocessing
private let crop = ResizePolicy.shortSideThenCenterCrop(36)

@Suite struct PreprocessingRacePoliciesTests {
  @Test func `another resize policy must be clearly better`() {
    for (skill, expected) in [(0.95, crop), (0.805, ResizePolicy.stretch)] {
      let network = FakeNetwork {
        $0.mean != usual.mean ? 0.2 : $0.resize == crop ? skill : 0.8
      }
      let decision = PreprocessingSearch().choose(
        FakeNetwork.candidates, policies: [.stretch, crop], mappings: network.mappings(),
        labels: network.labels, evaluate: network.outputs)
      #expect(decision.choice.chosen.preprocessing.resize == expected)
    }
  }

  @Test(arguments: [0.3, 0.8, 0.81])
  func `another resize policy is given up once it cannot be clearly better, and says so`(
    skill: Double
  ) {
    let network = FakeNetwork {
      $0.mean != usual.mean ? 0.2 : $0.resize == crop ? skill : 0.8
    }
    var runs = 0
    let decision = PreprocessingSearch().choose(
      FakeNetwork.candidates, policies: [.stretch, crop], mappings: network.mappings(),
      labels: network.labels
    ) { preprocessings, images in
      if preprocessings[0].resize == crop { runs += images.count }
      return network.outputs(preprocessings, images)
    }
    let trial = decision.choice.runnersUp.first { $0.preprocessing.resize == crop }
    #expect(decision.choice.chosen.preprocessing.resize == .stretch)
    #expect(runs > 0 && runs < decision.choice.chosen.imageCount)
    #expect(trial?.imageCount == runs && trial?.top1 == nil && trial?.sampleCount == nil)
    #expect(trial?.accuracyText == "given up after \(runs) images")
  }
}
