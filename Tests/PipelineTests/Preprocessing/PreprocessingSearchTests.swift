import ModelFiles
import Networks
import Tensors
import Testing

@testable import Pipeline

private let candidates = FakeNetwork.candidates

private func mappings(_ network: FakeNetwork, classes: [String]? = nil) -> [ClassMapping] {
  network.mappings(classes: classes)
}

/// A standard normal number, to twelve uniform ones.
private func normal(_ random: inout SeededGenerator) -> Double {
  (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
}

private func search(_ network: FakeNetwork) -> PreprocessingDecision {
  PreprocessingSearch().choose(
    candidates, mappings: mappings(network), labels: network.labels,
    evaluate: network.outputs)
}

@Suite struct PreprocessingSearchTests {
  @Test func `any planted winner is found and verified`() {
    for planted in candidates.prefix(12) {
      let network = FakeNetwork(imageCount: 250) { $0 == planted.preprocessing ? 0.6 : 0.35 }
      let decision = search(network)
      #expect(decision.choice.chosen.preprocessing == planted.preprocessing)
      #expect(decision.choice.evidence == .verified)
      #expect(decision.mapping?.evidence == .verified)
      #expect(decision.choice.runnersUp.count == candidates.count - 1)
      let best = decision.choice.runnersUp[0].top1 ?? 1
      #expect((decision.choice.chosen.top1 ?? 0) > best)
    }
  }

  @Test func `equals go to the most usual and say so`() {
    let twins = Set([candidates[1], candidates[6]].map(\.preprocessing))
    let decision = search(FakeNetwork { twins.contains($0) ? 0.8 : 0.2 })
    #expect(decision.choice.chosen.preprocessing == candidates[1].preprocessing)
    #expect(decision.choice.evidence == .inferred)
    #expect(decision.choice.reason.contains(candidates[6].name))
    #expect(decision.choice.runnersUp[0].name == candidates[6].name)
  }

  @Test func `the background and a permuted order are found by accuracy`() {
    var network = FakeNetwork { $0 == candidates[4].preprocessing ? 0.7 : 0.3 }
    network.offset = 1
    let shifted = search(network)
    #expect(shifted.choice.chosen.preprocessing.backgroundOffset == 1)
    #expect(shifted.mapping?.outputs == Array(1...10))
    network.offset = 0
    network.classCount = 12
    let classes = (0..<12).map { "class\($0)" }.sorted()
    let natural = classes.map { Int($0.dropFirst(5)) ?? 0 }
    network.order = natural
    let ordered = PreprocessingSearch().choose(
      candidates, mappings: mappings(network, classes: classes), labels: network.labels,
      evaluate: network.outputs)
    #expect(ordered.mapping?.outputs == natural)
    #expect(ordered.mapping?.evidence == .verified)
  }

  @Test func `chance is not taken for proof`() {
    let decision = search(FakeNetwork { _ in 0 })
    #expect(decision.choice.evidence == .assumed)
    #expect(decision.choice.chosen.name == candidates[0].name)
    #expect(decision.choice.reason.contains("chance"))
  }

  @Test func `without labels or outputs for them the usual is assumed`() {
    let search = PreprocessingSearch()
    let unlabelled = search.choose(candidates, mappings: [], labels: [nil, nil]) {
      preprocessings, images in
      preprocessings.map { _ in images.map { _ in [0, 1] } }
    }
    #expect(unlabelled.choice.evidence == .assumed && unlabelled.mapping == nil)
    #expect(unlabelled.choice.chosen.name == candidates[0].name)
    let unmatched = search.choose(candidates, mappings: [], labels: [0, 1]) {
      preprocessings, images in
      preprocessings.map { _ in images.map { _ in [0, 1] } }
    }
    #expect(unmatched.choice.reason.contains("matched"))
  }

  @Test func `images that cannot be read are left out`() {
    var network = FakeNetwork { $0 == candidates[2].preprocessing ? 0.9 : 0.4 }
    network.unreadable = Set((0..<600).filter { $0 % 3 == 0 })
    let decision = search(network)
    #expect(decision.choice.chosen.preprocessing == candidates[2].preprocessing)
    network.unreadable = Set(0..<600)
    #expect(search(network).choice.evidence == .assumed)
  }

  @Test func `images that the likely winner is sure of are mostly spared the others`() throws {
    let twins = Set(candidates.prefix(2).map(\.preprocessing))
    var network = FakeNetwork(imageCount: 500) { twins.contains($0) ? 0.9 : 0.2 }
    network.height = 16
    var runs: [Preprocessing: Set<Int>] = [:]
    let decision = PreprocessingSearch().choose(
      candidates, mappings: mappings(network), labels: network.labels
    ) { preprocessings, images in
      for preprocessing in preprocessings {
        #expect(runs[preprocessing, default: []].isDisjoint(with: images), "asked twice")
        runs[preprocessing, default: []].formUnion(images)
      }
      return network.outputs(preprocessings, images)
    }
    let chosen = decision.choice.chosen
    let all = try #require(runs[candidates[0].preprocessing])
    #expect(chosen.preprocessing == candidates[0].preprocessing)
    #expect(chosen.imageCount == all.count && chosen.sampleCount == nil)
    let right = all.count { network.isRight($0, chosen.preprocessing) }
    #expect(chosen.top1 == Double(right) / Double(all.count))
    let twin = try #require(decision.choice.runnersUp.first)
    let sample = try #require(runs[candidates[1].preprocessing])
    #expect(twin.name == candidates[1].name && twin.imageCount == all.count)
    #expect(twin.sampleCount == sample.count && sample.count < all.count * 2 / 3)
    #expect(abs((twin.top1 ?? 0) - (chosen.top1 ?? 1)) < 1e-9)
    #expect(twin.accuracyText.hasPrefix("about "))
  }

  @Test func `the leader is asked instead of the others, and never for an image they were`() {
    let twins = Set(candidates.prefix(2).map(\.preprocessing))
    let network = FakeNetwork(imageCount: 500) { twins.contains($0) ? 0.9 : 0.2 }
    var runs: [Preprocessing: Set<Int>] = [:]
    var led: [Preprocessing: Int] = [:]
    let decision = PreprocessingSearch().choose(
      candidates, mappings: mappings(network), labels: network.labels
    ) { preprocessing, mapping, images in
      #expect(mapping.outputs.count == network.classCount)
      #expect(runs[preprocessing, default: []].isDisjoint(with: images), "asked twice")
      runs[preprocessing, default: []].formUnion(images)
      led[preprocessing, default: 0] += images.count
      return network.outputs([preprocessing], images)[0]
    } contents: { images in
      images.map { "\($0)" }
    } evaluate: { preprocessings, images in
      for preprocessing in preprocessings {
        #expect(runs[preprocessing, default: []].isDisjoint(with: images), "asked twice")
        runs[preprocessing, default: []].formUnion(images)
      }
      return network.outputs(preprocessings, images)
    }
    #expect(decision == search(network))
    let all = runs[decision.choice.chosen.preprocessing]?.count ?? 0
    #expect(led == [candidates[0].preprocessing: all - PreprocessingSearch().thinningCount])
  }

  @Test func `the only way leads from the first image, in the order of an analysis`() {
    let network = FakeNetwork { _ in 0.9 }
    var asked: [Int] = []
    let decision = PreprocessingSearch().choose(
      [candidates[0]], mappings: mappings(network), labels: network.labels
    ) { _, _, images in
      asked += images
      return network.outputs([candidates[0].preprocessing], images)[0]
    } contents: { images in
      images.map { "\($0)" }
    } evaluate: { _, _ in
      Issue.record("nobody else is to be asked")
      return []
    }
    let order = BalancedOrder(labels: network.labels, seed: PreprocessingSearch().seed)
    #expect(asked == Array(order.images.prefix(asked.count)))
    #expect(decision.choice.chosen.imageCount == asked.count && !asked.isEmpty)
  }

  @Test func `ways that say nothing of the labels see no more than eight images`() {
    let network = FakeNetwork { $0 == candidates[3].preprocessing ? 0.97 : 0.1 }
    var runs: [Preprocessing: Int] = [:]
    let decision = PreprocessingSearch().choose(
      candidates, mappings: mappings(network), labels: network.labels
    ) { preprocessings, images in
      for preprocessing in preprocessings { runs[preprocessing, default: 0] += images.count }
      return network.outputs(preprocessings, images)
    }
    #expect(decision.choice.chosen.name == candidates[3].name)
    #expect(decision.choice.evidence == .verified && decision.choice.chosen.imageCount == 48)
    for other in candidates where other.name != candidates[3].name {
      #expect(runs[other.preprocessing, default: 0] <= 8)
    }
  }

  @Test(arguments: UInt64(0)..<6)
  func `what few images tell apart is not decided early by luck`(seed: UInt64) {
    let pair = Array(candidates.prefix(2))
    var network = FakeNetwork { $0 == pair[1].preprocessing ? 0.99 : 0.94 }
    network.salt = { $0 == pair[1].preprocessing ? seed : 1000 + seed }
    let decision = PreprocessingSearch().choose(
      pair, mappings: mappings(network), labels: network.labels, evaluate: network.outputs)
    #expect(decision.choice.chosen.preprocessing == pair[1].preprocessing)
  }

  @Test(arguments: [(192, 512), (320, 512), (192, 250), (192, 192)])
  func `a lead is decisive when the images left seldom turn the choice`(count: Int, total: Int) {
    let search = PreprocessingSearch()
    let lead = search.decisiveLead(after: count, of: total)
    var random = SeededGenerator(seed: 5)
    let trials = 4000
    let turned = (0..<trials).count { _ in
      let drift = (lead + normal(&random)) / Double(count).squareRoot()
      let left = Double(total - count)
      let sum =
        lead * Double(count).squareRoot() + drift * left + normal(&random) * left.squareRoot()
      return sum / Double(total).squareRoot() < -search.priorWeight - 1e-9
    }
    let expected = total == count ? 0 : 0.05
    #expect(abs(Double(turned) / Double(trials) - expected) < 0.012)
  }

  @Test func `failures come through and the effort is bounded`() {
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      try PreprocessingSearch().choose(
        candidates, mappings: mappings(FakeNetwork { _ in 0 }), labels: [0, 1]
      ) { _, _ throws(Stop) in throw Stop() }
    }
    var runs = 0
    var asked: Set<[Int]> = []
    let network = FakeNetwork { $0 == candidates[0].preprocessing ? 0.9 : 0.2 }
    _ = PreprocessingSearch().choose(
      candidates, mappings: mappings(network), labels: network.labels
    ) { preprocessings, images in
      runs += preprocessings.count * images.count
      asked.insert(images)
      return network.outputs(preprocessings, images)
    }
    #expect(runs <= candidates.count * 12 + 96 && asked.count <= 18)
  }
}
