import Glibc
import Pipeline

/// Tells somebody how an analysis goes.
protocol AnalysisReporter {
  func phase(_ name: String)
  /// At least once a second while images run.
  func progress(_ report: AnalysisProgressReport)
  func ended(_ outcome: AnalysisOutcome)
  /// The sentence itself goes to standard error, whoever reports.
  func failed(_ failure: CommandFailure)
}

/// JSON lines on standard output.
struct JSONReporter: AnalysisReporter {
  func phase(_ name: String) { put(AnalysisJSON.Phase(phase: name)) }

  func progress(_ report: AnalysisProgressReport) { put(AnalysisJSON.Progress(report)) }

  func ended(_ outcome: AnalysisOutcome) { put(AnalysisJSON.Done(outcome)) }

  func failed(_ failure: CommandFailure) { put(AnalysisJSON.Failed(error: failure.sentence)) }

  private func put(_ value: some Encodable) { Standard.output.write(jsonLine(value) + "\n") }
}

/// One line on a terminal, rewritten; nothing but the summary elsewhere.
struct TextReporter: AnalysisReporter {
  /// Whether the end is summed up on standard output.
  var summarizes = true
  private let rewrites = Standard.error.isTerminal

  init(summarizes: Bool = true) { self.summarizes = summarizes }

  func phase(_ name: String) { show(name) }

  func progress(_ report: AnalysisProgressReport) { show(AnalysisText.progress(report)) }

  func ended(_ outcome: AnalysisOutcome) {
    clear()
    if summarizes { Standard.output.write(AnalysisText.summary(outcome)) }
  }

  func failed(_ failure: CommandFailure) { clear() }

  private func show(_ line: String) {
    if rewrites { Standard.error.write("\r\(line)\u{1B}[K") }
  }

  /// Takes the line away.
  func clear() {
    if rewrites { Standard.error.write("\r\u{1B}[K") }
  }
}
