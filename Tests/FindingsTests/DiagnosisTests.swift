import Analysis
import Atlases
import Findings
import Networks
import Tensors
import Testing

@Suite struct DiagnosisTests {
  private let diagnosis = Diagnosis()

  @Test func `a healthy network has no findings`() {
    #expect(diagnosis.findings(in: HealthyAtlas.make()).isEmpty)
    #expect(diagnosis.findings(in: HealthyAtlas.make(), training: HealthyAtlas.make()).isEmpty)
  }

  @Test func `a structure without images has none either`() {
    let atlas = HealthyAtlas.make().with { atlas in
      atlas.layers = atlas.network.layers.map { LayerAtlas(layer: $0.id) }
      atlas.dataset = nil
      atlas.classification = nil
      atlas.provenance.analyzedImageCount = 0
    }
    #expect(diagnosis.findings(in: atlas).isEmpty)
  }

  @Test func `the worst comes first, then by rule, then by share`() {
    let atlas = HealthyAtlas.make().withHealth(layer: 0, first: 1) { $0.isDead = true }
      .withHealth(layer: 1, first: 4) { $0.isDead = true }
      .withHealth(layer: 2, first: 1) { $0.nonFiniteCount = 3 }
    let found = diagnosis.findings(in: atlas)
    #expect(
      found.map(\.id) == ["non-finite-activations/fc1", "dead-neurons/conv2", "dead-neurons/conv1"])
    #expect(found.map(\.severity) == [.error, .warning, .info])
    #expect(Diagnosis().findings(in: atlas) == found)
  }

  @Test func `every finding says what, on how many images, by which numbers`() {
    for atlas in SickAtlases.all {
      for finding in diagnosis.findings(in: atlas, training: HealthyAtlas.make()) {
        #expect(finding.sentence.hasSuffix("."))
        #expect(!finding.measures.isEmpty)
        #expect(finding.measures.allSatisfy { $0.value.isFinite && !$0.definition.isEmpty })
        #expect(finding.imageCount > 0 || finding.rule == .nonFiniteWeights)
        #expect(finding.neurons == finding.neurons.sorted())
        #expect(!finding.rule.title.isEmpty && !finding.rule.advice.isEmpty)
      }
    }
  }

  @Test func `every rule has a planted case that it fires on`() {
    let trial = RemovalTrial(
      layer: LayerID(0), neurons: nil, imageCount: 500, correctBefore: 450, lostCount: 1,
      gainedCount: 0)
    let fired = SickAtlases.all.flatMap {
      diagnosis.findings(in: $0, training: HealthyAtlas.make(), removals: [trial]).map(\.rule)
    }
    #expect(FindingRule.allCases.filter { !fired.contains($0) } == [])
  }

  @Test(arguments: BorderlineAtlases.all)
  func `what stays below its threshold is silent or mere info`(name: String, atlas: Atlas) {
    let found = diagnosis.findings(in: atlas, training: HealthyAtlas.make())
    #expect(found.allSatisfy { $0.severity == .info }, "\(found.map(\.id))")
    if name.hasSuffix(", silent") { #expect(found.isEmpty, "\(found.map(\.id))") }
  }

  @Test func `identities are unique`() {
    for atlas in SickAtlases.all {
      let identities = diagnosis.findings(in: atlas, training: HealthyAtlas.make()).map(\.id)
      #expect(Set(identities).count == identities.count)
    }
  }

  @Test func `too few images leave neurons unjudged, and say so`() {
    #expect(diagnosis.findings(in: SickAtlases.few).map(\.rule) == [.fewImages])
  }

  @Test func `parts of a wrong size are passed over`() {
    let atlas = HealthyAtlas.make().with { atlas in
      atlas.layers[0].statistics?.health = []
      atlas.layers[1].statistics?.meanOfMean = Matrix(rowCount: 1, columnCount: 1)
      atlas.layers[2].clustering?.labels = [1]
      atlas.classification?.confusion = [1, 2, 3]
      atlas.classification?.predictions = []
      atlas.layers[3].similarity?.pairs = [
        NeuronPair(first: 0, second: 900, cosine: 1, mapCosine: 1)
      ]
    }
    #expect(diagnosis.findings(in: atlas).isEmpty)
  }

  @Test func `a little of the same in many layers is told once`() throws {
    let atlas = (0..<4).reduce(HealthyAtlas.make()) { atlas, layer in
      atlas.withHealth(layer: layer, first: layer == 3 ? 0 : 1) { $0.isDead = true }
    }
    #expect(diagnosis.findings(in: atlas).count == 3)
    var thresholds = diagnosis
    try thresholds.thresholds.set("dead.warning=0.3")
    let found = thresholds.findings(
      in: atlas.withHealth(layer: 3, first: 1) { $0.isDead = true })
    #expect(found.map(\.id) == ["dead-neurons/several-layers"])
    #expect(found[0].layers.count == 4 && found[0].neurons.count == 4)
    #expect(
      found[0].sentence
        == "Neurons that never fire or never vary: 4 of 44 in 4 layers on 160 images; the largest "
        + "share, 1 of 4, in fc2.")
  }
}
