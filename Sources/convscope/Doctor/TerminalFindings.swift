import Canvas
import Explorer
import Terminal

/// What the terminal can show, why that was concluded, and what would make it better.
func terminalFindings(_ report: TerminalReport) -> [DoctorFinding] {
  [
    terminal(report), colors(report), glyphs(report), terminfo(report),
  ]
}

private func terminal(_ report: TerminalReport) -> DoctorFinding {
  let place = report.environment.isInsideTmux ? " in tmux" : ""
  let size = report.size.map { ", \($0.width)×\($0.height)" } ?? ""
  let facts = "TERM=\(report.environment.term ?? "")\(size)\(place)"
  if let problem = report.problem {
    return .warn("terminal", facts, oneSentence("\(problem)"))
  }
  let minimum = RenderContext.minimumSize
  if let size = report.size, size.width < minimum.width || size.height < minimum.height {
    return .warn("terminal", facts, "the explorer needs \(minimum.width)×\(minimum.height)")
  }
  return .ok("terminal", facts)
}

private func colors(_ report: TerminalReport) -> DoctorFinding {
  let tier = report.colorTier.rawValue
  let why = colorReason(report)
  switch report.colorTier {
  case .truecolor, .palette256: return .ok("colours", "\(tier): \(why)")
  case .palette16, .mono:
    return .warn(
      "colours", "\(tier): \(why)",
      report.environment.asksForNoColor
        ? "unset NO_COLOR, or ask for colours with --color 256"
        : "set TERM to a type with 256 colours, or try --color 256")
  }
}

/// Which fact decided, in the order in which they are asked.
private func colorReason(_ report: TerminalReport) -> String {
  let environment = report.environment
  if environment.asksForNoColor { return "NO_COLOR is set" }
  guard let term = environment.term else { return "TERM is not set" }
  if term == "dumb" { return "TERM is dumb" }
  let colorTerm = environment.colorTerm ?? ""
  if ["truecolor", "24bit"].contains(colorTerm.lowercased()) { return "COLORTERM=\(colorTerm)" }
  let hint = "; for more, export COLORTERM=truecolor where the terminal has it"
  switch report.colorTier {
  case .truecolor: return "terminals of type \(term) have them"
  case .palette256: return "TERM=\(term), COLORTERM is not set\(hint)"
  default: return "TERM=\(term) has \(report.colorCount) colours"
  }
}

private func glyphs(_ report: TerminalReport) -> DoctorFinding {
  let codeset = report.environment.codeset
  return report.glyphTier == .unicode
    ? .ok("glyphs", "unicode: the locale's encoding is \(codeset)")
    : .warn(
      "glyphs", "ascii: the locale's encoding is \(codeset)",
      "export LC_ALL=C.UTF-8, or ask with --glyphs unicode")
}

private func terminfo(_ report: TerminalReport) -> DoctorFinding {
  let term = report.environment.term ?? ""
  let known = report.isTermKnown ? "“\(term)” is known" : "“\(term)” is not in the database"
  let entry = report.entry.map { ", the explorer uses “\($0)”" } ?? ""
  let details = [
    report.ncursesVersion,
    report.canUseDirectColor
      ? "direct colours through our own description work"
      : "direct colours through our own description do not work",
  ]
  return report.isTermKnown || report.entry != nil
    ? .ok("terminfo", known + entry, details: details)
    : .warn("terminfo", known, "install ncurses-term, or set TERM", details: details)
}
