import Atlases
import Explorer
import Findings
import FoundationEssentials
import Networks
import Storage
import Tensors

/// What was found in a training run, ready to be printed.
struct RunCheckReport: FindingsReport {
  var run: TrainingRun
  /// The folder that was checked.
  var path: String
  var findings: [RunFinding]
  var thresholds: Thresholds

  /// Checkpoints whose dead neurons fit in a table.
  private static let widestTable = 24

  static let rules = RunFindingRule.allCases.map(ReportedRule.init)

  var reported: [ReportedFinding] {
    findings.map { finding in
      ReportedFinding(
        id: finding.id(in: run), rule: ReportedRule(finding.rule), severity: finding.severity,
        sentence: finding.sentence, imageCount: finding.imageCount, measures: finding.measures,
        path: "\(folder)/\(run.checkpoints[finding.checkpoint].fileName)",
        places: [.init(name: run.layers[finding.layer].name, kind: "layer")])
    }
  }

  var feeding: PreprocessingChoice? { run.sample?.preprocessing }

  /// What there is to note, and the dead neurons.
  var remarks: [String] { run.notes.map { "note     \($0)" } + deadTable }

  var json: String { jsonLine(RunCheckJSON(self)) }

  /// Without a slash at the end.
  private var folder: String { path.hasSuffix("/") ? String(path.dropLast()) : path }

  var heading: String {
    let count = run.checkpoints.count
    let place = folder == "." ? FileManager.default.currentDirectoryPath : folder
    var parts = [
      lastPart(of: place),
      NumberText.counted(count, "checkpoint"),
    ]
    if let data = run.sample?.data, let images = run.sampleCount {
      parts.append("\(NumberText.counted(images, "image")) of \(data) at each")
    } else {
      parts.append("no images, weights only")
    }
    if let choice = feeding { parts.append("preprocessing: \(choice.summary)") }
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

extension ReportedRule {
  fileprivate init(_ rule: RunFindingRule) {
    self.init(id: rule.rawValue, title: rule.title, advice: rule.advice)
  }
}
