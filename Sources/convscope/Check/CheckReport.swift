import Analysis
import Atlases
import Findings
import Networks
import Storage
import Tensors

/// What was found in an atlas, ready to be printed.
struct CheckReport {
  var atlas: Atlas
  /// The file that was checked.
  var path: String
  var findings: [Finding]
  /// What was taken out to measure it; empty where nothing was measured.
  var removals: [RemovalTrial]
  var thresholds: Thresholds

  func text(as format: CheckFormat) -> String {
    switch format {
    case .text: words
    case .json: jsonLine(CheckJSON(self)) + "\n"
    case .sarif: sarif
    }
  }

  /// SARIF as one document.
  var sarif: String { SARIFLog(self).text + "\n" }

  func writeSARIF(to path: String) throws(StorageError) {
    try replaceFile(path, with: Array(sarif.utf8))
  }

  /// Three lines a finding, and a sum.
  private var words: String {
    let lines = findings.flatMap { finding in
      [
        "\(padded(finding.severity.rawValue))\(finding.id)",
        "\(padded(""))\(finding.sentence)", "\(padded(""))→ \(finding.rule.advice)",
      ]
    }
    return plainText(
      [heading] + lines + [measured].compactMap(\.self)
        + [findingSum(findings.map(\.severity))])
  }

  private func padded(_ word: String) -> String {
    word + String(repeating: " ", count: max(1, 9 - word.count))
  }

  private var heading: String {
    var parts = [atlas.network.name]
    if let dataset = atlas.dataset { parts.append(dataset.name) }
    let facts = atlas.provenance
    parts.append(
      facts.analyzedImageCount > 0
        ? "\(NumberText.grouped(facts.analyzedImageCount)) of "
          + "\(NumberText.grouped(facts.plannedImageCount)) images"
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
    return "Measured on \(NumberText.grouped(images)) images: \(layers) "
      + "layer\(layers == 1 ? "" : "s") bypassed and the idle neurons of \(sets) "
      + "layer\(sets == 1 ? "" : "s") held at their mean, one at a time; --json lists what each "
      + "costs."
  }

  func count(_ severity: FindingSeverity) -> Int { findings.count { $0.severity == severity } }

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
