import Atlases
import Explorer
import Findings
import FoundationEssentials
import Networks
import Storage
import Tensors

/// What was found in a training run, ready to be printed.
struct RunCheckReport {
  var run: TrainingRun
  /// The folder that was checked.
  var path: String
  var findings: [RunFinding]
  var thresholds: Thresholds

  /// Checkpoints whose dead neurons fit in a table.
  private static let widestTable = 24

  func text(as format: CheckFormat) -> String {
    switch format {
    case .text: words
    case .json: jsonLine(RunCheckJSON(self)) + "\n"
    case .sarif: sarif
    }
  }

  /// SARIF as one document.
  var sarif: String { SARIFLog(self).text + "\n" }

  func writeSARIF(to path: String) throws(StorageError) {
    try replaceFile(path, with: Array(sarif.utf8))
  }

  /// The file of a checkpoint.
  func file(_ checkpoint: Int) -> String {
    "\(path.hasSuffix("/") ? String(path.dropLast()) : path)/\(run.checkpoints[checkpoint].fileName)"
  }

  /// Three lines a finding, the dead neurons, what there is to note, and a sum.
  private var words: String {
    let lines = findings.flatMap { finding in
      [
        "\(padded(finding.severity.rawValue))\(finding.id(in: run))",
        "\(padded(""))\(finding.sentence)", "\(padded(""))→ \(finding.rule.advice)",
      ]
    }
    return plainText(
      [heading] + lines + run.notes.map { "note     \($0)" } + deadTable
        + [findingSum(findings.map(\.severity))])
  }

  private func padded(_ word: String) -> String {
    word + String(repeating: " ", count: max(1, 9 - word.count))
  }

  private var heading: String {
    let count = run.checkpoints.count
    let folder = path == "." ? FileManager.default.currentDirectoryPath : path
    var parts = [
      lastPart(of: folder.hasSuffix("/") ? String(folder.dropLast()) : folder),
      "\(NumberText.grouped(count)) checkpoint\(count == 1 ? "" : "s")",
    ]
    if let data = run.sample?.data, let images = run.sampleCount {
      parts.append("\(NumberText.grouped(images)) images of \(data) at each")
    } else {
      parts.append("no images, weights only")
    }
    if let choice = run.sample?.preprocessing { parts.append("preprocessing: \(choice.summary)") }
    return parts.joined(separator: " · ")
  }

  /// Layers × checkpoints, where images ran.
  private var deadTable: [String] {
    guard run.sampleCount != nil, run.checkpoints.count <= Self.widestTable else { return [] }
    let header = ["dead neurons", "of"] + run.checkpoints.map(\.label)
    let rows = run.layers.enumerated().map { place, layer in
      [layer.name, "\(layer.neuronCount)"]
        + run.checkpoints.indices.map { checkpoint in
          run.activations[run.place(layer: place, checkpoint: checkpoint)]
            .map { "\($0.deadCount)" } ?? "–"
        }
    }
    let accuracy =
      ["accuracy %", ""] + run.accuracy.map { $0.map { NumberText.fixed($0.top1 * 100, 1) } ?? "–" }
    return [""] + alignedColumns([header] + rows + [accuracy]) + [""]
  }
}

/// `3 findings: 1 error, 2 info.`
func findingSum(_ severities: [FindingSeverity]) -> String {
  guard !severities.isEmpty else { return "No findings." }
  let counts = FindingSeverity.allCases.reversed().compactMap { severity -> String? in
    let count = severities.count { $0 == severity }
    guard count > 0 else { return nil }
    let name = severity == .info ? "info" : "\(severity.rawValue)\(count == 1 ? "" : "s")"
    return "\(count) \(name)"
  }
  return "\(severities.count) finding\(severities.count == 1 ? "" : "s"): "
    + "\(counts.joined(separator: ", "))."
}
