import Findings
import Foundation
import Testing

@Suite struct ThresholdTests {
  @Test func `a threshold is set by name`() throws {
    var thresholds = Thresholds()
    #expect(thresholds[.deadWarning] == 0.25)
    try thresholds.set("dead.warning=0.3")
    #expect(thresholds[.deadWarning] == 0.3)
  }

  @Test(arguments: [
    "dead.warning", "nothing=1", "dead.warning=two", "dead.warning=1.5", "dead.warning=nan",
    "duplicate.cosine=0.5", "",
  ])
  func `what makes no sense is refused in one sentence`(text: String) {
    var thresholds = Thresholds()
    #expect(throws: ThresholdError.self) { try thresholds.set(text) }
    #expect(thresholds == Thresholds())
  }

  @Test func `the guide's tables list every threshold and every rule as they are`() throws {
    let root = "/" + #filePath.split(separator: "/").prefix { $0 != "Tests" }.joined(separator: "/")
    let guide = try String(contentsOfFile: root + "/Docs/FINDINGS.md", encoding: .utf8)
    for threshold in Threshold.allCases {
      let row = "| `\(threshold.rawValue)` | \(threshold.standard) | \(threshold.meaning) |"
      #expect(guide.contains(row), "missing: \(row)")
    }
    for rule in FindingRule.allCases {
      #expect(guide.contains("| `\(rule.rawValue)` |"), "missing: \(rule.rawValue)")
    }
  }
}
