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

  var version = 1
  var convscope = ConvscopeVersion.current
  var model: String
  var modelHash: String
  var data: String?
  var images: Int
  var planned: Int
  var top1: Double?
  var counts: [String: Int]
  var thresholds: [String: Double]
  /// Worst first.
  var findings: [Entry]

  init(_ report: CheckReport) {
    let facts = report.atlas.provenance
    (model, modelHash) = (report.atlas.network.name, facts.modelHash)
    data = report.atlas.dataset?.name
    (images, planned) = (facts.analyzedImageCount, facts.plannedImageCount)
    top1 = report.atlas.classification?.top1
    counts = FindingSeverity.allCases.reduce(into: [:]) { $0[$1.rawValue] = report.count($1) }
    thresholds = Threshold.allCases.reduce(into: [:]) {
      $0[$1.rawValue] = report.thresholds[$1]
    }
    findings = report.findings.map { Entry($0, report) }
  }
}
