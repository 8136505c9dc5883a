import Canvas
import Foundation
import Testing

/// What the explorer makes of terminals of all kinds.
extension EndToEnd {
  @Suite struct TerminalKindTests {
    /// Environment, arguments, what the first line says.
    typealias Case = (String, String, String)

    @Test func `every kind of terminal opens with what it can do`() throws {
      let pane = try TmuxPane()
      let cases: [Case] = [
        ("TERM=tmux-256color", "", "256 unicode"), ("TERM=screen", "", "16 unicode"),
        ("TERM=xterm", "", "16 unicode"), ("TERM=linux", "", "16 unicode"),
        ("TERM=vt100", "", "mono unicode"), ("TERM=xterm-no-such", "", "256 unicode"),
        ("TERM=xterm-kitty-no-such COLORTERM=truecolor", "", "truecolor unicode"),
        ("TERM=screen COLORTERM=24bit", "", "truecolor unicode"),
        ("TERM=tmux-256color NO_COLOR=1", "", "mono unicode"),
        ("TERM=tmux-256color NO_COLOR=1", "--color 256", "256 unicode"),
        ("TERM=vt100", "--color 256", "256 unicode"),
        ("TERM=tmux-256color LC_ALL=C", "", "256 ascii"),
        ("TERM=tmux-256color LC_ALL=C", "--glyphs unicode", "256 unicode"),
        ("TERM=tmux-256color", "--glyphs ascii", "256 ascii"),
      ]
      for (environment, arguments, expected) in cases {
        try pane.startProbe(environment, arguments)
        let screen = try pane.screen()
        #expect(screen.contains("probe \(expected)"), "\(environment)\n\(screen)")
        #expect(screen.contains(expected.hasSuffix("ascii") ? "+----------+" : "┌──────────┐"))
        #expect(screen.contains("unknown here") == environment.contains("no-such"))
        try pane.type("Right", "q")
        try pane.wait("the shell") { $0.contains("status=0 modes=same.") }
        #expect(try pane.state() == "0 1 0", "\(environment)")
      }
    }

    @Test(arguments: [("", "48;2;0;0;5"), ("--ncurses", "48;2;0;0;8")])
    func `direct colours reach the terminal, near-black too`(arguments: String, black: String)
      throws
    {
      let pane = try TmuxPane()
      try pane.startProbe("COLORTERM=truecolor", arguments)
      let screen = try pane.screen(withColors: true)
      #expect(screen.contains("38;2;18;52;86") && screen.contains("48;2;171;205;239"))
      #expect(screen.contains(black))
      try pane.type("f")
      try pane.wait("a full screen") { $0.components(separatedBy: "▀").count > 1500 }
      let full = try pane.screen(withColors: true)
      #expect(full.components(separatedBy: "38;2;").count > 1000)
      try pane.type("f", "Right", "q")
      try pane.wait("the shell") { $0.contains("status=0 modes=same.") }
    }

    @Test func `ncurses and the painter show the same`() throws {
      var screens: [String] = []
      for arguments in ["", "--ncurses"] {
        let pane = try TmuxPane()
        try pane.startProbe("TERM=xterm-256color", "--color 256 \(arguments)")
        try pane.type("f", "Right")
        try pane.wait("a full screen") { $0.contains("right") && $0.contains("▀▀▀") }
        try pane.type("f", "Down")
        let screen = try pane.wait("the first screen again") {
          $0.contains("down") && !$0.contains("▀▀▀")
        }
        screens.append(screen.replacing(#/pid=\d+/#, with: "pid"))
      }
      #expect(screens[0] == screens[1])
    }

    @Test func `256 colours go out as such`() throws {
      let pane = try TmuxPane()
      try pane.startProbe()
      let screen = try pane.screen(withColors: true)
      #expect(screen.contains("38;5;") && !screen.contains("38;2;"))
    }

    /// Without a terminal or with a dumb one there is one sentence and status 1.
    @Test(arguments: [
      ("TERM=dumb", "cannot show screens"), ("-u TERM", "TERM is not set"),
    ])
    func `a terminal that cannot do is refused in one sentence`(environment: String, words: String)
      throws
    {
      let pane = try TmuxPane()
      try pane.type("clear; env \(environment) \(probePath); echo status=$?.", "Enter")
      let screen = try pane.wait("the shell") { $0.contains("status=1.") }
      #expect(screen.replacingOccurrences(of: "\n", with: "").contains(words))
      #expect(try pane.state() == "0 1 0")
    }

    @Test func `without a terminal nothing but one sentence is written`() throws {
      let result = try run(probePath, [], environment: ["TERM": "xterm-256color"])
      #expect(result.status == 1)
      #expect(result.output == "probe: \(terminalMissing)\n")
      #expect(result.errors == "")
    }

    private let terminalMissing =
      "Standard input is not a terminal; run the explorer in one, or print a view with “convscope show”."
  }
}
