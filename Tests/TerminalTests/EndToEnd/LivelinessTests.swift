import Foundation
import Testing

/// Keys, mouse, sizes and the bytes they cost.
extension EndToEnd {
  @Suite struct LivelinessTests {
    @Test func `keys and the mouse arrive`() throws {
      let pane = try TmuxPane()
      try pane.startProbe()
      try pane.type("Home", "PageUp", "BTab")
      try pane.wait("named keys") { $0.contains("home") && $0.contains("backTab") }
      try pane.type("F5", "Escape")
      try pane.wait("escape") { $0.contains("function(5)") && $0.contains("escape") }
      try pane.typeRaw("é漢")
      try pane.wait("characters") { $0.contains("\"\\u{00E9}\"") || $0.contains("é\"") }
      try pane.typeRaw("\u{1B}[<0;7;3M\u{1B}[<0;7;3m\u{1B}[<0;7;3M")
      try pane.wait("the mouse") { $0.contains("mouseDoubleClick(row: 2, column: 6)") }
      try pane.typeRaw("\u{1B}[<64;250;9M\u{1B}[<65;1;1M")
      try pane.wait("the wheel") { $0.contains("scrollUp(row: 8, column: 249)") }
      try pane.type("m")
      try pane.wait("the mouse to be let go") { _ in try pane.state() == "1 0 0" }
      try pane.type("m")
      try pane.wait("the mouse again") { _ in try pane.state() == "1 0 1" }
    }

    @Test func `any number of sizes ends with the last, even one cell`() throws {
      let pane = try TmuxPane()
      try pane.startProbe()
      for size in 1...12 { try pane.resize(height: 30 - size * 2, width: 100 - size * 7) }
      try pane.resize(height: 1, width: 1)
      try pane.resize(height: 2, width: 200)
      try pane.resize(height: 40, width: 120)
      try pane.wait("the last size") { $0.contains(" 40x120 ") && $0.contains("漢字") }
      try pane.type("q")
      try pane.wait("the shell") { $0.contains("modes=same.") }
    }

    @Test func `ctrl-l paints over what others wrote`() throws {
      let pane = try TmuxPane()
      try pane.startProbe()
      let terminal = try pane.format("#{pane_tty}")
      let other = try #require(FileHandle(forWritingAtPath: terminal))
      try other.write(contentsOf: Data("\u{1B}[1;1Hwall: going down now\u{1B}[5;3Hgarbage".utf8))
      try pane.wait("what others write") { $0.contains("going down") && $0.contains("garbage") }
      try pane.type("C-l")
      try pane.wait("the screen without it") {
        !$0.contains("going down") && !$0.contains("garbage") && $0.contains("漢字")
      }
    }

    @Test func `moving a cursor sends few bytes, whatever is on the screen`() throws {
      let pane = try TmuxPane(height: 50, width: 200)
      try pane.startProbe("COLORTERM=truecolor")
      let full = try pane.bytesSent {
        try pane.type("f")
        try pane.wait("a full screen") { $0.components(separatedBy: "▀").count > 9000 }
      }
      #expect(full > 100_000)
      let moved = try pane.bytesSent {
        try pane.type("Right")
        try pane.wait("the cursor") { $0.contains("right") }
      }
      #expect(moved > 0 && moved < 1024, "\(moved) bytes")
    }

    @Test func `more pairs of colours than there are numbers are shown right`() throws {
      let pane = try TmuxPane(height: 50, width: 200)
      try pane.startProbe("TERM=xterm", "--color 16")
      try pane.type("f")
      try pane.wait("a full screen") { $0.components(separatedBy: "▀").count > 9000 }
      try pane.type("f", "Right")
      try pane.wait("the plain screen") {
        $0.contains("right") && !$0.contains("▀▀") && $0.contains("漢字")
      }
    }

    @Test func `text is copied through the terminal`() throws {
      let pane = try TmuxPane()
      try pane.tmux("set-option", "-s", "set-clipboard", "on")
      try pane.startProbe()
      try pane.type("y")
      try pane.wait("the copy") { _ in try pane.tmux("show-buffer") == "copied" }
    }
  }
}
