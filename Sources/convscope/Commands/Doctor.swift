import ArgumentParser
import FoundationEssentials
import Inference
import Pipeline
import Terminal

/// What convscope found on this machine, and what to do about the rest.
struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell which engine, terminal and folders were found.",
    discussion: "Each line is ok or warn; a warning says what to do.")

  @Flag(help: "As JSON.")
  var json = false

  private struct Report: Encodable {
    var version = 1
    var convscope = ConvscopeVersion.current
    var findings: [DoctorFinding]
  }

  func run() throws {
    let environment = ProcessInfo.processInfo.environment
    let findings =
      engineFindings(.current) + terminalFindings(.current())
      + [cacheFinding(environment: environment)] + configFindings(environment: environment)
    let text =
      json
      ? jsonLine(Report(findings: findings)) + "\n"
      : findings.flatMap(\.lines).map { $0 + "\n" }.joined()
    try Standard.print(text)
  }
}
