import Analysis
import Findings
import FoundationEssentials
import Networks
import Pipeline

/// Findings in the Static Analysis Results Interchange Format 2.1.0 (OASIS Standard, 2020), which
/// continuous integration shows beside the change that caused them.
struct SARIFLog: Encodable {
  struct Message: Encodable {
    var text: String
  }

  struct Rule: Encodable {
    var id: String
    var shortDescription: Message
    var fullDescription: Message
    var help: Message

    init(_ rule: ReportedRule) {
      id = rule.id
      shortDescription = Message(text: rule.title)
      fullDescription = Message(text: "\(rule.title). \(rule.advice)")
      help = Message(text: rule.advice)
    }
  }

  struct Driver: Encodable {
    var name = "convscope"
    var version = ConvscopeVersion.current
    var rules: [Rule]
  }

  struct Tool: Encodable {
    var driver: Driver
  }

  struct Artifact: Encodable {
    var uri: String
  }

  struct Region: Encodable {
    /// A model has no lines; a line is what viewers ask for.
    var startLine = 1
  }

  struct PhysicalLocation: Encodable {
    var artifactLocation: Artifact
    var region = Region()
  }

  struct LogicalLocation: Encodable {
    /// `conv1:3`, a neuron; `conv1`, a layer.
    var fullyQualifiedName: String
    var kind: String
  }

  struct Location: Encodable {
    var physicalLocation: PhysicalLocation
    var logicalLocations: [LogicalLocation]?
  }

  struct Result: Encodable {
    var ruleId: String
    var ruleIndex: Int
    var level: String
    var message: Message
    var locations: [Location]
    var partialFingerprints: [String: String]
    var properties: [String: Double]
  }

  struct Run: Encodable {
    var tool: Tool
    var columnKind = "utf16CodeUnits"
    var results: [Result]
    /// How images were fed and how that is known, where there were any.
    var properties: [String: String]
  }

  var schema = "https://json.schemastore.org/sarif-2.1.0.json"
  var version = "2.1.0"
  var runs: [Run]

  private enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version, runs
  }

  /// - Parameter rules: All that there are; the log lists those that found something.
  init(_ findings: [ReportedFinding], of rules: [ReportedRule], feeding: PreprocessingChoice?) {
    let used = rules.filter { rule in findings.contains { $0.rule.id == rule.id } }
    let results = findings.map { finding in
      Result(
        ruleId: finding.rule.id, ruleIndex: used.firstIndex { $0.id == finding.rule.id } ?? 0,
        level: Self.level(finding.severity), message: Message(text: finding.sentence),
        locations: [Self.location(finding)], partialFingerprints: ["convscope/v1": finding.id],
        properties: Self.properties(finding.measures, images: finding.imageCount))
    }
    let properties = [
      "preprocessing": feeding?.chosen.name, "evidence": feeding?.evidence.rawValue,
      "checkpoint": feeding?.checkpoint,
    ]
    runs = [
      Run(
        tool: Tool(driver: Driver(rules: used.map(Rule.init))), results: results,
        properties: properties.compactMapValues(\.self))
    ]
  }

  private static func level(_ severity: FindingSeverity) -> String {
    severity == .info ? "note" : severity.rawValue
  }

  private static func properties(
    _ measures: [FindingMeasure], images: Int
  ) -> [String: Double] {
    measures.reduce(into: ["images": Double(images)]) {
      if $1.value.isFinite { $0[$1.name] = $1.value }
    }
  }

  private static func location(_ finding: ReportedFinding) -> Location {
    let logical = finding.places.map {
      LogicalLocation(fullyQualifiedName: $0.name, kind: $0.kind)
    }
    return Location(
      physicalLocation: PhysicalLocation(artifactLocation: Artifact(uri: uri(finding.path))),
      logicalLocations: logical.isEmpty ? nil : logical)
  }

  /// A path as a relative or file reference: what a URI does not allow is percent-encoded.
  private static func uri(_ path: String) -> String {
    let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/".utf8)
    let encoded = path.utf8.map { byte -> String in
      guard !plain.contains(byte) else { return String(Character(Unicode.Scalar(byte))) }
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.count < 2 ? "0" + digits : digits)
    }.joined()
    return path.hasPrefix("/") ? "file://" + encoded : encoded
  }

  /// The log as a JSON document.
  var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    guard let data = try? encoder.encode(self) else { return "{}" }
    return String(decoding: data, as: UTF8.self)
  }
}
