import Analysis
import Atlases
import Findings
import Networks
import Pipeline

/// `check --json`, stable within a version.
struct CheckJSON: Encodable {
  struct Measure: Encodable {
    var name: String
    var value: Double
    var definition: String
    var threshold: String?
    var limit: Double?

    init(_ measure: FindingMeasure) {
      (name, value, definition) = (measure.name, measure.value, measure.definition)
      (threshold, limit) = (measure.threshold?.rawValue, measure.limit)
    }
  }

  struct Entry: Encodable {
    var id: String
    var rule: String
    var severity: String
    var sentence: String
    var advice: String
    /// Images the numbers rest on; 0 where they come from the weights alone.
    var images: Int
    var measures: [Measure]
    var layers: [String]
    var neurons: [String]
    var classes: [String]
    var imageNames: [String]
    /// What to give to `convscope show` after the atlas.
    var show: String

    init(_ finding: Finding, _ report: CheckReport) {
      (id, rule) = (finding.id, finding.rule.rawValue)
      severity = finding.severity.rawValue
      (sentence, advice) = (finding.sentence, finding.rule.advice)
      images = finding.imageCount
      measures = finding.measures.map(Measure.init)
      layers = finding.layers.map(report.name)
      neurons = finding.neurons.map(report.address)
      let names = report.atlas.classNames
      classes = finding.classes.filter(names.indices.contains).map { names[$0] }
      let files = report.atlas.dataset?.imageNames ?? []
      imageNames = finding.images.filter(files.indices.contains).map { files[$0] }
      show = report.view(of: finding.place)
    }
  }

  /// How images were fed, and how that is known.
  struct Feeding: Encodable {
    var name: String
    /// `read`, `verified`, `inferred` or `assumed`.
    var evidence: String
    /// File name of the checkpoint of the run that it was looked for on.
    var checkpoint: String?

    init(_ choice: PreprocessingChoice) {
      (name, evidence) = (choice.chosen.name, choice.evidence.rawValue)
      checkpoint = choice.checkpoint
    }
  }

  /// What one part of the network is worth: accuracy without it less accuracy with it.
  struct Removal: Encodable {
    var layer: String
    /// `layer`, its input in place of its output, or `neurons`, held at their mean together.
    var kind: String
    var neurons: [String]
    var images: Int
    var accuracyBefore: Double
    var accuracyChange: Double
    /// The 95 % interval of the change.
    var lowest: Double
    var highest: Double

    init(_ trial: RemovalTrial, _ report: CheckReport) {
      layer = report.name(trial.layer)
      kind = trial.neurons == nil ? "layer" : "neurons"
      neurons = (trial.neurons ?? []).map {
        report.address(NeuronID(layer: trial.layer, channel: $0))
      }
      images = trial.imageCount
      (accuracyBefore, accuracyChange) = (trial.accuracyBefore, trial.accuracyChange)
      (lowest, highest) = (trial.interval.lowerBound, trial.interval.upperBound)
    }
  }

  var version = 1
  var convscope = ConvscopeVersion.current
  var model: String
  var modelHash: String
  var data: String?
  var images: Int
  var planned: Int
  var preprocessing: Feeding?
  var top1: Double?
  var counts: [String: Int]
  var thresholds: [String: Double]
  /// Worst first.
  var findings: [Entry]
  /// What `--measure` tried, from the input to the output.
  var removals: [Removal]

  init(_ report: CheckReport) {
    let facts = report.atlas.provenance
    (model, modelHash) = (report.atlas.network.name, facts.modelHash)
    data = report.atlas.dataset?.name
    (images, planned) = (facts.analyzedImageCount, facts.plannedImageCount)
    preprocessing = facts.preprocessing.map(Feeding.init)
    top1 = report.atlas.classification?.top1
    (counts, thresholds) = (report.counts, report.thresholds.byName)
    findings = report.findings.map { Entry($0, report) }
    removals = report.removals.map { Removal($0, report) }
  }
}
