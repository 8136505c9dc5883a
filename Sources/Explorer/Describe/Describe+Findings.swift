import Atlases
import Findings
import Networks

func describeFindings(_ state: ExplorerState, _ description: inout ScreenDescription) {
  let findings = state.findings ?? []
  description.title = findingsTitle(findings)
  guard !findings.isEmpty else { return }
  description.tables = [
    DescribedTable(
      name: "findings, worst first",
      columns: ["severity", "finding", "sentence", "images", "evidence", "advice"],
      rows: findings.map {
        [
          .text($0.severity.rawValue), .text($0.id), .text($0.sentence),
          DescribedValue($0.imageCount), .text(state.evidenceText($0)), .text($0.rule.advice),
        ]
      }),
    DescribedTable(
      name: "numbers", columns: ["finding", "number", "value", "definition", "threshold", "limit"],
      rows: findings.flatMap { finding in
        finding.measures.map { measure in
          [
            .text(finding.id), .text(measure.name), .number(measure.value),
            .text(measure.definition), .text(measure.threshold?.rawValue ?? ""),
            measure.limit.map { .number($0) } ?? .none,
          ]
        }
      }),
  ]
}
