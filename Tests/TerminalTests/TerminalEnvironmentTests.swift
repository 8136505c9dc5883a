import Canvas
import Testing

@testable import Terminal

@Suite struct TerminalEnvironmentTests {
  @Test func `text goes to the clipboard unless that is known to fail`() {
    #expect(TerminalEnvironment(term: "xterm-256color").clipboard == .direct)
    #expect(
      TerminalEnvironment(term: "tmux-256color", isInsideTmux: true).clipboard == .throughTmux)
    #expect(TerminalEnvironment(term: "screen", isInsideScreen: true).clipboard == .absent)
    #expect(TerminalEnvironment(term: "linux").clipboard == .absent)
    #expect(TerminalEnvironment(term: "vt100").clipboard == .absent)
  }

  /// TERM, COLORTERM, NO_COLOR, colours in the database.
  typealias Case = (String?, String?, Bool, Int?, ColorTier)

  @Test(
    arguments: [
      ("tmux-256color", "truecolor", false, 256, .truecolor),
      ("xterm", "24bit", false, 8, .truecolor),
      ("xterm-256color", nil, false, 256, .palette256),
      ("screen-256color", nil, false, nil, .palette256),
      ("xterm", nil, false, 8, .palette16), ("linux", nil, false, 8, .palette16),
      ("vt100", nil, false, -1, .mono), ("dumb", "truecolor", false, -1, .mono),
      (nil, nil, false, nil, .mono),
      ("xterm-kitty", nil, false, nil, .truecolor), ("xterm-new", nil, false, nil, .palette256),
      ("xterm-256color", "truecolor", true, 256, .mono),
    ] as [Case])
  func `colours follow the environment`(_ given: Case) {
    let environment = TerminalEnvironment(
      term: given.0, colorTerm: given.1, asksForNoColor: given.2)
    #expect(environment.colorTier(databaseColors: given.3) == given.4)
    #expect(environment.colorTier(requested: .palette16, databaseColors: given.3) == .palette16)
  }

  @Test func `glyphs follow the locale`() {
    #expect(TerminalEnvironment(term: "xterm", codeset: "utf8").glyphTier() == .unicode)
    let plain = TerminalEnvironment(term: "xterm", codeset: "ANSI_X3.4-1968")
    #expect(plain.glyphTier() == .ascii)
    #expect(plain.glyphTier(requested: .unicode) == .unicode)
  }
}
