import Analysis
import Findings
import Networks
import Storage
import Tensors

/// A rule as reports tell it.
struct ReportedRule {
  var id: String
  var title: String
  var advice: String
}

/// A finding as every report tells it, whatever it is about.
struct ReportedFinding {
  /// A neuron or layer.
  struct Place {
    /// `conv1:3`, `conv1`.
    var name: String
    /// `neuron`, `layer`.
    var kind: String
  }

  var id: String
  var rule: ReportedRule
  var severity: FindingSeverity
  var sentence: String
  /// Images the numbers rest on; 0 where they come from the weights alone.
  var imageCount: Int
  var measures: [FindingMeasure]
  /// The file concerned.
  var path: String
  /// What in it is concerned.
  var places: [Place]
}

/// What was found, ready to be printed in any format.
protocol FindingsReport {
  /// All that there are, in order.
  static var rules: [ReportedRule] { get }
  /// Worst first.
  var reported: [ReportedFinding] { get }
  /// What was looked at.
  var heading: String { get }
  /// What else is told, after the findings.
  var remarks: [String] { get }
  /// How images were fed, where there were any.
  var feeding: PreprocessingChoice? { get }
  /// One line.
  var json: String { get }
}

extension FindingsReport {
  func text(as format: CheckFormat) -> String {
    switch format {
    case .text: words
    case .json: json + "\n"
    case .sarif: sarif
    }
  }

  /// SARIF as one document.
  var sarif: String { SARIFLog(reported, of: Self.rules, feeding: feeding).text + "\n" }

  func writeSARIF(to path: String) throws(StorageError) {
    try replaceFile(path, with: Array(sarif.utf8))
  }

  /// Findings of each severity, by its name.
  var counts: [String: Int] {
    FindingSeverity.allCases.reduce(into: [:]) { counts, severity in
      counts[severity.rawValue] = reported.count { $0.severity == severity }
    }
  }

  /// Three lines a finding, what else there is, and a sum.
  private var words: String {
    let lines = reported.flatMap { finding in
      [
        "\(padded(finding.severity.rawValue))\(finding.id)", "\(padded(""))\(finding.sentence)",
        "\(padded(""))→ \(finding.rule.advice)",
      ]
    }
    return plainText([heading] + lines + remarks + [sum])
  }

  private func padded(_ word: String) -> String {
    word + String(repeating: " ", count: max(1, 9 - word.count))
  }

  /// `3 findings: 1 error, 2 info.`
  private var sum: String {
    guard !reported.isEmpty else { return "No findings." }
    let parts = FindingSeverity.allCases.reversed().compactMap { severity -> String? in
      guard let count = counts[severity.rawValue], count > 0 else { return nil }
      let name = severity == .info ? "info" : "\(severity.rawValue)\(count == 1 ? "" : "s")"
      return "\(count) \(name)"
    }
    return "\(NumberText.counted(reported.count, "finding")): "
      + "\(parts.joined(separator: ", "))."
  }
}

extension Thresholds {
  /// Those in force, by name.
  var byName: [String: Double] {
    Threshold.allCases.reduce(into: [:]) { $0[$1.rawValue] = self[$1] }
  }
}
