import Foundation
import Testing

/// A SARIF log held against what version 2.1.0 of the standard demands of the parts in use: members
/// that the schema knows and no others, those it requires, references that lead somewhere.
///
/// OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", 2020, sections 3.13 to
/// 3.51, and `sarif-schema-2.1.0.json` beside it.
struct SARIFDocument {
  struct Result {
    var identity: String?
    var location: String?
  }

  private(set) var problems: [String] = []
  private(set) var results: [Result] = []

  private typealias Object = [String: Any]

  init(_ text: String) throws {
    let log = try JSONLine.object(text)
    check(log, "log", needs: ["version", "runs"], knows: ["$schema"])
    if log["version"] as? String != "2.1.0" { problems.append("version") }
    let schema = (log["$schema"] as? String).flatMap { URL(string: $0) }
    if schema?.scheme != "https" || schema?.lastPathComponent != "sarif-2.1.0.json" {
      problems.append("$schema")
    }
    let runs = try #require(log["runs"] as? [Object])
    if runs.count != 1 { problems.append("\(runs.count) runs") }
    for run in runs { try readRun(run) }
  }

  private mutating func readRun(_ run: Object) throws {
    check(run, "run", needs: ["tool", "results"], knows: ["columnKind", "properties"])
    if let kind = run["columnKind"] as? String,
      !["utf16CodeUnits", "unicodeCodePoints"].contains(kind)
    {
      problems.append("columnKind \(kind)")
    }
    let tool = try #require(run["tool"] as? Object)
    check(tool, "tool", needs: ["driver"])
    let driver = try #require(tool["driver"] as? Object)
    check(driver, "driver", needs: ["name", "version", "rules"])
    let rules = try #require(driver["rules"] as? [Object])
    for rule in rules {
      check(rule, "rule", needs: ["id", "shortDescription", "fullDescription", "help"])
      for part in ["shortDescription", "fullDescription", "help"] { checkText(rule, part) }
    }
    let names = rules.compactMap { $0["id"] as? String }
    if Set(names).count != names.count { problems.append("a rule twice") }
    for result in try #require(run["results"] as? [Object]) { readResult(result, names) }
    let identities = results.compactMap(\.identity)
    if Set(identities).count != results.count { problems.append("a result twice") }
  }

  private mutating func readResult(_ result: Object, _ rules: [String]) {
    check(
      result, "result", needs: ["message", "ruleId", "ruleIndex", "level", "locations"],
      knows: ["partialFingerprints", "properties"])
    let index = result["ruleIndex"] as? Int ?? -1
    if !rules.indices.contains(index) || rules[index] != result["ruleId"] as? String {
      problems.append("ruleIndex \(index)")
    }
    if !["note", "warning", "error"].contains(result["level"] as? String) {
      problems.append("level")
    }
    checkText(result, "message")
    if !(result["properties"] as? Object ?? [:]).values.allSatisfy({ $0 is Double }) {
      problems.append("properties")
    }
    let fingerprints = result["partialFingerprints"] as? [String: String]
    let locations = result["locations"] as? [Object] ?? []
    if locations.count != 1 { problems.append("\(locations.count) locations") }
    let location = locations.first.flatMap { readLocation($0) }
    results.append(Result(identity: fingerprints?["convscope/v1"], location: location))
  }

  /// The URI of a location.
  private mutating func readLocation(_ location: Object) -> String? {
    check(location, "location", needs: ["physicalLocation"], knows: ["logicalLocations"])
    let names = (location["logicalLocations"] as? [Object] ?? []).map { part in
      check(part, "logicalLocation", needs: ["fullyQualifiedName", "kind"])
      return part["fullyQualifiedName"] as? String ?? ""
    }
    if Set(names).count != names.count || names.contains("") { problems.append("logical names") }
    let physical = location["physicalLocation"] as? Object ?? [:]
    check(physical, "physicalLocation", needs: ["artifactLocation", "region"])
    let region = physical["region"] as? Object ?? [:]
    check(region, "region", needs: ["startLine"])
    if region["startLine"] as? Int ?? 0 < 1 { problems.append("startLine") }
    let artifact = physical["artifactLocation"] as? Object ?? [:]
    check(artifact, "artifactLocation", needs: ["uri"])
    return artifact["uri"] as? String
  }

  private mutating func checkText(_ object: Object, _ part: String) {
    let message = object[part] as? Object ?? [:]
    check(message, part, needs: ["text"])
    if (message["text"] as? String ?? "").isEmpty { problems.append("\(part) without text") }
  }

  private mutating func check(
    _ object: Object, _ name: String, needs: Set<String>, knows: Set<String> = []
  ) {
    let missing = needs.subtracting(object.keys).sorted()
    let unknown = Set(object.keys).subtracting(needs).subtracting(knows).sorted()
    if !missing.isEmpty { problems.append("\(name) lacks \(missing)") }
    if !unknown.isEmpty { problems.append("\(name) has \(unknown)") }
  }
}
