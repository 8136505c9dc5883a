import Atlases
import Canvas
import Findings
import Networks
import Tensors

/// What is wrong with the network: the ranked list, and the selected finding in full below it.
func drawFindings(_ state: ExplorerState, in area: CellRect, on surface: inout Surface) {
  guard let findings = state.findings else {
    surface.survey.needsFindings = true
    return
  }
  let isTall = area.height >= 14 && !findings.isEmpty
  let detailHeight = isTall ? min(11, area.height / 2) : 0
  let list = area.withHeight(area.height - detailHeight)
  let inner = surface.box(
    list, title: findingsTitle(findings), badge: "worst first", isFocused: true)
  guard !findings.isEmpty else {
    surface.text(
      noFindingsText(state), inner.row, inner.column + 1, .good, width: inner.width - 2)
    return
  }
  let cursor = state.findingIndex(in: findings)
  let start = surface.scrollStart(
    .findings, state, cursor: cursor, count: findings.count, visible: inner.height)
  for index in start..<min(findings.count, start + inner.height) {
    let line = CellRect(
      row: inner.row + index - start, column: inner.column, height: 1, width: inner.width)
    surface.mark(line, .finding(index))
    drawFindingLine(findings[index], in: line, on: &surface)
    if index == cursor { surface.restyle(line, .selection) }
  }
  if isTall {
    drawFindingDetail(
      findings[cursor], state, in: area.withoutTop(list.height), on: &surface)
  }
  surface.readout = [
    ("\(cursor + 1) of \(findings.count)", .key), (" · \(findings[cursor].rule.title)", .value),
    (" · Enter: \(state.evidenceText(findings[cursor]))", .dim),
  ]
}

/// `3 findings · 1 error, 2 infos`.
func findingsTitle(_ findings: [Finding]) -> String {
  let counts = FindingSeverity.allCases.reversed().compactMap { severity -> String? in
    let count = findings.count { $0.severity == severity }
    guard count > 0 else { return nil }
    return "\(count) \(severity.rawValue)\(count == 1 || severity == .info ? "" : "s")"
  }
  let total = NumberText.counted(findings.count, "finding")
  return ([total] + (counts.isEmpty ? [] : [counts.joined(separator: ", ")]))
    .joined(separator: " · ")
}

private func noFindingsText(_ state: ExplorerState) -> String {
  state.imageCount > 0
    ? "nothing was found over \(NumberText.counted(state.imageCount, "image"))"
    : "nothing was found in the weights; neurons are judged once images ran"
}

private func drawFindingLine(
  _ finding: Finding, in area: CellRect, on surface: inout Surface
) {
  let word = finding.severity.rawValue
  surface.line(
    [
      (" \(word)\(String(repeating: " ", count: 8 - word.count))", role(finding.severity)),
      ("\(finding.id)  ", .value), (finding.sentence, .label),
    ], area.row, area.column, width: area.width)
}

private func role(_ severity: FindingSeverity) -> StyleRole {
  switch severity {
  case .error: .bad
  case .warning: .warning
  case .info: .dim
  }
}

/// The sentence whole, the numbers with their definitions, and what to do.
private func drawFindingDetail(
  _ finding: Finding, _ state: ExplorerState, in area: CellRect, on surface: inout Surface
) {
  let inner = surface.box(area, title: finding.rule.title, isFocused: false)
  let width = max(1, inner.width - 2)
  var lines: [(String, StyleRole)] = wrapped(finding.sentence, to: width).map { ($0, .value) }
  for measure in finding.measures {
    lines += wrapped(measureText(measure), to: width).map { ($0, .label) }
  }
  lines += wrapped("→ \(finding.rule.advice)", to: width).map { ($0, .key) }
  for (offset, line) in lines.prefix(inner.height).enumerated() {
    surface.text(line.0, inner.row + offset, inner.column + 1, line.1, width: width)
  }
}

/// `dead share 0.188 (share of neurons that …; dead.warning 0.1)`.
func measureText(_ measure: FindingMeasure) -> String {
  var text = "\(measure.name) \(NumberText.compact(measure.value)): \(measure.definition)"
  if let threshold = measure.threshold, let limit = measure.limit {
    text += "; threshold \(threshold.rawValue) \(NumberText.compact(limit))"
  }
  return text
}
