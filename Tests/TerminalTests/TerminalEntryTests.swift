import Canvas
import Foundation
import Testing

@testable import Terminal

@Suite struct TerminalEntryTests {
  private func choose(
    _ term: String?, colorTerm: String? = nil, requested: ColorTier? = nil,
    database: [String: Int], movesCursor: Bool = true
  ) throws -> TerminalChoice {
    try TerminalChoice.choose(
      TerminalEnvironment(term: term, colorTerm: colorTerm), requested: requested
    ) { entry in
      database[entry.name].map {
        TerminalFacts(colors: $0, pairs: 64, movesCursor: movesCursor)
      }
    }
  }

  private let own = ["convscope-direct": 1 << 24, "convscope-256": 256]

  @Test func `the terminal's own description is kept when it has the colours`() throws {
    let choice = try choose("xterm-256color", database: own.merging(["xterm-256color": 256]) { $1 })
    #expect(choice.entry.name == "xterm-256color")
    #expect(choice.colorTier == .palette256)
    #expect(choice.notice == nil)
  }

  @Test func `direct colours take our description`() throws {
    let choice = try choose(
      "tmux-256color", colorTerm: "truecolor", database: own.merging(["tmux-256color": 256]) { $1 })
    #expect(choice.entry == .direct)
    #expect(choice.colorTier == .truecolor)
  }

  @Test func `an unknown terminal gets a common description and is told so`() throws {
    let choice = try choose("xterm-new", database: own)
    #expect(choice.entry == .palette256)
    #expect(choice.notice?.contains("xterm-new") == true)
  }

  @Test func `without our descriptions the system's must do`() throws {
    let choice = try choose("xterm", colorTerm: "truecolor", database: ["xterm": 8])
    #expect(choice.entry.name == "xterm")
    #expect(choice.colorTier == .palette16)
    #expect(throws: TerminalError.unknown(term: "odd")) { try choose("odd", database: [:]) }
  }

  @Test func `what cannot show screens is refused`() {
    #expect(throws: TerminalError.noTerm) { try choose(nil, database: own) }
    #expect(throws: TerminalError.dumb(term: "dumb")) { try choose("dumb", database: own) }
    #expect(throws: TerminalError.noCursorMovement(term: "tty")) {
      try choose("tty", database: ["tty": -1], movesCursor: false)
    }
  }

  @Test func `ncurses takes the descriptions we carry`() throws {
    #expect(TerminalEntry.direct.facts?.colors == 1 << 24)
    #expect(TerminalEntry.direct.facts?.pairs == 65536)
    #expect(TerminalEntry.palette256.facts?.colors == 256)
    #expect(TerminalEntry(name: "no-such-terminal", terminfo: nil).facts == nil)
  }

  @Test func `the descriptions are those of their source`() throws {
    let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/Terminal/Terminfo/convscope.ti").standardized.path
    let script = """
      command -v tic >/dev/null && command -v infocmp >/dev/null || exit 77
      folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
      tic -x -o "$folder" '\(source)' && infocmp -A "$folder" -x -Q2 "$1" | grep -v '^#' | tr -d '\\n'
      """
    for entry in [TerminalEntry.direct, .palette256] {
      let result = try run("/bin/sh", ["-c", script, "sh", entry.name])
      guard result.status != 77 else { return }
      #expect(result.output == entry.terminfo)
    }
  }
}
