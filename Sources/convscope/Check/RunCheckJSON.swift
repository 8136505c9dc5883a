import Analysis
import Atlases
import Explorer
import Findings
import Networks
import Pipeline

/// `check --json` of a folder of checkpoints, stable within a version.
struct RunCheckJSON: Encodable {
  struct Entry: Encodable {
    var id: String
    var rule: String
    var severity: String
    var sentence: String
    var advice: String
    /// Images the numbers rest on; 0 where they come from the weights alone.
    var images: Int
    var measures: [CheckJSON.Measure]
    /// The first concerned.
    var layer: String
    var checkpoint: String
    var file: String

    init(_ finding: RunFinding, _ run: TrainingRun) {
      (id, rule) = (finding.id(in: run), finding.rule.rawValue)
      severity = finding.severity.rawValue
      (sentence, advice) = (finding.sentence, finding.rule.advice)
      images = finding.imageCount
      measures = finding.measures.map(CheckJSON.Measure.init)
      layer = run.layers[finding.layer].name
      checkpoint = run.checkpoints[finding.checkpoint].label
      file = run.checkpoints[finding.checkpoint].fileName
    }
  }

  struct Dead: Encodable {
    var layer: String
    var neurons: Int
    var dead: Int
  }

  struct Checkpoint: Encodable {
    var checkpoint: String
    var file: String
    /// Why it could not be read.
    var problem: String?
    var top1: Double?
    /// Of the layers in which images ran.
    var deadNeurons: [Dead]
  }

  var version = 1
  var convscope = ConvscopeVersion.current
  var run: String
  var data: String?
  /// At each checkpoint.
  var images: Int
  var preprocessing: CheckJSON.Feeding?
  var counts: [String: Int]
  var thresholds: [String: Double]
  /// Worst first.
  var findings: [Entry]
  /// In training order.
  var checkpoints: [Checkpoint]
  var notes: [String]

  init(_ report: RunCheckReport) {
    let known = report.run
    (run, data, notes) = (report.path, known.sample?.data, known.notes)
    images = known.sampleCount ?? 0
    preprocessing = report.feeding.map(CheckJSON.Feeding.init)
    (counts, thresholds) = (report.counts, report.thresholds.byName)
    findings = report.findings.map { Entry($0, known) }
    checkpoints = known.checkpoints.enumerated().map { place, checkpoint in
      Checkpoint(
        checkpoint: checkpoint.label, file: checkpoint.fileName, problem: checkpoint.problem,
        top1: known.accuracy[place]?.top1,
        deadNeurons: known.layers.enumerated().compactMap { row, layer in
          known.activations[known.place(layer: row, checkpoint: place)].map {
            Dead(layer: layer.name, neurons: layer.neuronCount, dead: $0.deadCount)
          }
        })
    }
  }
}
