import Atlases
import Findings
import Networks
import Testing

struct RunDiagnosisTests {
  /// Three hidden layers of ten neurons and an output; `dead[layer][checkpoint]` of them are dead.
  private func run(
    dead: [[Int]], nonFinite: (layer: Int, checkpoint: Int)? = nil, frozen: Int? = nil
  ) -> TrainingRun {
    let count = dead[0].count
    var run = TrainingRun(
      name: "planted",
      checkpoints: (0..<count).map {
        RunCheckpoint(label: "\($0)", fileName: "\($0).pt", step: $0)
      },
      layers: ["a", "b", "c", "out"].map {
        RunLayer(name: $0, kind: .dense, neuronCount: 10, weightCount: 100)
      })
    for layer in 0..<4 {
      for checkpoint in 0..<count {
        let place = run.place(layer: layer, checkpoint: checkpoint)
        let isNaN = nonFinite.map { layer >= $0.layer && checkpoint >= $0.checkpoint } ?? false
        run.weights[place] = WeightMeasures(
          norm: 1, change: checkpoint == 0 ? nil : layer == frozen ? 1e-6 : 0.1,
          nonFiniteCount: isNaN ? 3 : 0, neuronNorms: [], neuronChanges: nil)
        run.activations[place] = measures(layer < dead.count ? dead[layer][checkpoint] : 0)
      }
    }
    run.accuracy = (0..<count).map { RunAccuracy(top1: $0 < 2 ? 0.6 : 0.1, labeledCount: 50) }
    return run
  }

  private func measures(_ dead: Int) -> ActivationMeasures {
    ActivationMeasures(
      imageCount: 50, deadCount: dead, mean: 1, deviation: 1, silentShare: 0, nonFiniteCount: 0,
      neuronMeans: [], neuronDeviations: [], neuronFiringShares: [],
      neuronIsDead: (0..<10).map { $0 < dead }, neuronNonFiniteCounts: [])
  }

  private func found(_ run: TrainingRun) -> [RunFinding] { RunDiagnosis().findings(in: run) }

  @Test func `training that died names the step and the first layer`() throws {
    let run = run(dead: [[0, 0, 0, 0], [0, 1, 7, 7], [1, 1, 10, 10]])
    let finding = try #require(found(run).first)
    #expect(finding.rule == .trainingDied && finding.severity == .error)
    #expect((finding.layer, finding.checkpoint) == (1, 2))
    #expect(finding.id(in: run) == "training-died/2")
    #expect(finding.sentence.contains("between checkpoints 1 and 2: b went first, 7 of its 10"))
    #expect(finding.sentence.contains("2 became 17 of 30"))
    #expect(finding.sentence.contains("fell from 60.0 % to 10.0 % of 50 labelled images"))
    #expect(finding.imageCount == 50)
  }

  @Test func `a healthy run is silent`() {
    #expect(found(run(dead: [[0, 0, 1, 1], [0, 1, 2, 3], [1, 2, 2, 2]])) == [])
    // Dead from the start is a matter of the network, not of the training.
    #expect(found(run(dead: [[9, 9, 9, 9], [0, 0, 0, 0], [0, 0, 0, 0]])) == [])
  }

  @Test func `weights that are no numbers come first`() throws {
    let finding = try #require(
      found(run(dead: [[0, 0, 0], [0, 0, 0], [0, 0, 0]], nonFinite: (2, 1))).first)
    #expect(finding.rule == .trainingDiverged)
    #expect((finding.layer, finding.checkpoint) == (2, 1))
    #expect(finding.sentence.contains("6 weights are NaN or infinite, in c first"))
  }

  @Test func `a layer that stands still is worth knowing`() throws {
    let findings = found(run(dead: [[0, 0, 0], [0, 0, 0], [0, 0, 0]], frozen: 0))
    #expect(findings.map(\.rule) == [.layerFrozen])
    #expect(findings[0].severity == .info && findings[0].layer == 0)
  }

  @Test func `thresholds decide`() throws {
    var diagnosis = RunDiagnosis()
    try diagnosis.thresholds.set("died.jump=0.15")
    let run = run(dead: [[0, 2, 2], [0, 0, 0], [0, 0, 0]])
    #expect(found(run) == [])
    #expect(diagnosis.findings(in: run).map(\.rule) == [.trainingDied])
  }

  @Test func `gradient norms of a log belong to their layers`() {
    let epoch = LoggedEpoch(
      epoch: 1,
      values: [
        LoggedValue(name: "grad_norm", value: 9), LoggedValue(name: "gradient_norm/a", value: 1),
        LoggedValue(name: "grad_norm/b.weight", value: 2), LoggedValue(name: "loss/c", value: 3),
      ])
    #expect(epoch.gradientNorm(layer: "a") == 1)
    #expect(epoch.gradientNorm(layer: "b") == 2)
    #expect(epoch.gradientNorm(layer: "c") == nil)
    var run = run(dead: [[0], [0], [0]])
    run.logged = [epoch]
    #expect(run.value(.gradient, layer: 0, checkpoint: 0) == 1)
    #expect(run.curves.map(\.name) == ["accuracy", "grad_norm", "loss/c"])
  }
}
