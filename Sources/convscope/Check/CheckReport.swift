import Analysis
import Atlases
import Findings
import Networks
import Tensors

/// What was found in an atlas, ready to be printed.
struct CheckReport: FindingsReport {
  var atlas: Atlas
  /// The file that was checked.
  var path: String
  var findings: [Finding]
  /// What was taken out to measure it; empty where nothing was measured.
  var removals: [RemovalTrial]
  var thresholds: Thresholds

  static let rules = FindingRule.allCases.map(ReportedRule.init)

  var reported: [ReportedFinding] {
    findings.map { finding in
      ReportedFinding(
        id: finding.id, rule: ReportedRule(finding.rule), severity: finding.severity,
        sentence: finding.sentence, imageCount: finding.imageCount, measures: finding.measures,
        path: path, places: places(finding))
    }
  }

  /// The neurons (100 at most) or the layers concerned.
  private func places(_ finding: Finding) -> [ReportedFinding.Place] {
    finding.neurons.isEmpty
      ? finding.layers.map { ReportedFinding.Place(name: name($0), kind: "layer") }
      : finding.neurons.prefix(100).map {
        ReportedFinding.Place(name: address($0), kind: "neuron")
      }
  }

  var feeding: PreprocessingChoice? { atlas.provenance.preprocessing }

  var remarks: [String] { [measured].compactMap(\.self) }

  var json: String { jsonLine(CheckJSON(self)) }

  var heading: String {
    var parts = [atlas.network.name]
    if let dataset = atlas.dataset { parts.append(dataset.name) }
    let facts = atlas.provenance
    parts.append(
      facts.analyzedImageCount > 0
        ? "\(NumberText.grouped(facts.analyzedImageCount)) of "
          + NumberText.counted(facts.plannedImageCount, "image")
        : "no images, weights only")
    if let preprocessing = facts.preprocessing {
      parts.append("preprocessing: \(preprocessing.summary)")
    }
    if let top1 = atlas.classification?.top1 { parts.append("\(NumberText.percent(top1)) top-1") }
    return parts.joined(separator: " · ")
  }

  /// What `--measure` tried, so that silence is told from nothing tried.
  private var measured: String? {
    guard let images = removals.first?.imageCount else { return nil }
    let layers = removals.count { $0.neurons == nil }
    let sets = removals.count - layers
    return "Measured on \(NumberText.counted(images, "image")): "
      + "\(NumberText.counted(layers, "layer")) bypassed and the idle neurons of "
      + "\(NumberText.counted(sets, "layer")) held at their mean, one at a time; --json lists what each "
      + "costs."
  }

  func name(_ layer: LayerID) -> String { atlas.network[layer].name }

  /// `conv1:3`.
  func address(_ neuron: NeuronID) -> String { "\(name(neuron.layer)):\(neuron.channel)" }

  /// What `convscope show` calls the evidence.
  func view(of place: FindingPlace) -> String {
    switch place {
    case .network: "network"
    case .layer(let layer): "layer \(name(layer))"
    case .neuron(let neuron): "neuron \(address(neuron))"
    case .classes, .confusion: "classes"
    case .image(let image): "image \(image)"
    }
  }
}

extension ReportedRule {
  fileprivate init(_ rule: FindingRule) {
    self.init(id: rule.rawValue, title: rule.title, advice: rule.advice)
  }
}
