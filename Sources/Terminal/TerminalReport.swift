import Canvas
import CNcurses
import Glibc

/// What was found out about the terminal, for `doctor`; nothing is drawn.
package struct TerminalReport: Hashable, Sendable {
  package var environment: TerminalEnvironment
  package var colorTier: ColorTier
  package var glyphTier: GlyphTier
  /// Name of the terminal description that the explorer would use; nil when it cannot open.
  package var entry: String?
  /// Whether the terminal database has `TERM`.
  package var isTermKnown: Bool
  /// Colours and pairs of colours of ``entry``.
  package var colorCount: Int
  package var pairCount: Int
  /// Whether ncurses takes our own entry for direct colours.
  package var canUseDirectColor: Bool
  package var size: ScreenSize?
  package var ncursesVersion: String
  /// Why the explorer cannot open here; nil when it can.
  package var problem: TerminalError?
  /// Something unexpected that does no harm.
  package var notice: String?

  /// Of this process.
  package static func current(
    _ options: TerminalOptions = TerminalOptions(),
    environment: TerminalEnvironment = .current()
  ) -> TerminalReport {
    let term = environment.term.map { TerminalEntry(name: $0, terminfo: nil) }
    let known = term.flatMap { $0.facts }
    var report = TerminalReport(
      environment: environment,
      colorTier: environment.colorTier(requested: options.colors, databaseColors: known?.colors),
      glyphTier: environment.glyphTier(requested: options.glyphs), entry: nil,
      isTermKnown: known != nil, colorCount: max(0, known?.colors ?? 0),
      pairCount: max(0, known?.pairs ?? 0), canUseDirectColor: TerminalEntry.direct.facts != nil,
      size: OpenedScreen.measuredSize(), ncursesVersion: unsafe String(cString: curses_version()))
    do throws(TerminalError) {
      let choice = try TerminalChoice.choose(environment, requested: options.colors)
      report.entry = choice.entry.name
      report.colorTier = choice.colorTier
      report.colorCount = max(0, choice.facts.colors)
      report.pairCount = max(0, choice.facts.pairs)
      report.notice = choice.notice
      if !environment.inputIsTerminal { report.problem = .notATerminal(stream: "input") }
      if !environment.outputIsTerminal { report.problem = .notATerminal(stream: "output") }
    } catch {
      report.problem = error
    }
    return report
  }
}
