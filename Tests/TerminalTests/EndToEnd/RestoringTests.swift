import Canvas
import Foundation
import Testing

/// Whatever ends the explorer, the shell gets its terminal back.
extension EndToEnd {
  @Suite struct RestoringTests {
    private func expectRestored(
      _ pane: TmuxPane, status: Int32, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> String {
      let screen = try pane.wait("the shell", sourceLocation: sourceLocation) {
        $0.contains("status=") && $0.contains("modes=")
      }
      #expect(
        screen.contains("status=\(status) modes=same."), "\(screen)", sourceLocation: sourceLocation
      )
      #expect(try pane.state() == "0 1 0", sourceLocation: sourceLocation)
      return screen
    }

    @Test func `quitting gives the terminal back`() throws {
      let pane = try TmuxPane()
      try pane.startProbe()
      #expect(try pane.state() == "1 0 1")
      try pane.type("q")
      #expect(try expectRestored(pane, status: 0).contains("done"))
    }

    @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
    func `a signal that asks to end lets the program save first`(signal: Int32) throws {
      let pane = try TmuxPane()
      try pane.startProbe()
      kill(try pane.probeProcess(), signal)
      let screen = try expectRestored(pane, status: 128 + signal)
      #expect(screen.contains("saved after signal \(signal)"))
    }

    @Test func `a second signal ends a program that hangs`() throws {
      let pane = try TmuxPane()
      try pane.startProbe()
      let process = try pane.probeProcess()
      try pane.type("H")
      usleep(200_000)
      kill(process, SIGTERM)
      usleep(200_000)
      kill(process, SIGTERM)
      #expect(try !expectRestored(pane, status: 128 + SIGTERM).contains("saved"))
    }

    @Test(arguments: [SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP])
    func `a fatal signal gives the terminal back and stays the cause`(signal: Int32) throws {
      let pane = try TmuxPane()
      try pane.startProbe()
      kill(try pane.probeProcess(), signal)
      #expect(try !expectRestored(pane, status: 128 + signal).contains("saved"))
    }

    @Test func `a trap shows its message on the shell's screen`() throws {
      let pane = try TmuxPane()
      try pane.startProbe()
      try pane.type("T")
      let screen = try pane.wait("the shell") { $0.contains("modes=") }
      #expect(try pane.history().contains("a trap"))
      #expect(screen.contains("modes=same."))
      #expect(screen.contains("status=132") || screen.contains("status=133"))
      #expect(try pane.state() == "0 1 0")
    }

    @Test func `an overflowing stack gives the terminal back`() throws {
      let pane = try TmuxPane()
      try pane.startProbe()
      try pane.type("R")
      _ = try expectRestored(pane, status: 128 + SIGSEGV)
    }

    @Test func `leaving by exit gives the terminal back`() throws {
      let pane = try TmuxPane()
      try pane.startProbe()
      try pane.type("X")
      _ = try expectRestored(pane, status: 7)
    }

    @Test func `standard error waits until the screen is left`() throws {
      let pane = try TmuxPane()
      try pane.startProbe()
      try pane.type("e", "Right")
      let screen = try pane.wait("the keys") { $0.contains("right") }
      #expect(!screen.contains("a message"))
      try pane.type("q")
      #expect(try expectRestored(pane, status: 0).contains("a message on standard error"))
    }

    @Test func `ctrl-z and fg leave and return`() throws {
      let pane = try TmuxPane()
      try pane.startProbe(isJob: true)
      try pane.type("C-z")
      try pane.wait("the shell") { $0.contains("Stopped") }
      #expect(try pane.state() == "0 1 0")
      try pane.type("fg", "Enter")
      let screen = try pane.wait("the probe again") { $0.contains("漢字") && $0.contains("resize") }
      #expect(!screen.contains("Stopped"))
      #expect(try pane.state() == "1 0 1")
      try pane.type("Down")
      try pane.wait("a key") { $0.contains("down") }
      try pane.type("q")
      try pane.wait("the shell") { $0.contains("done") }
      #expect(try pane.state() == "0 1 0")
    }

    @Test func `stopping from outside and bg are survived`() throws {
      let pane = try TmuxPane()
      try pane.startProbe(isJob: true)
      let process = try pane.probeProcess()
      kill(process, SIGSTOP)
      try pane.wait("the shell") { $0.contains("Stopped") }
      try pane.type("bg", "Enter")
      try pane.wait("the background job to stop again") { _ in
        try String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8).contains(") T ")
      }
      try pane.type("fg", "Enter")
      try pane.wait("the probe again") { $0.contains("pid=") && $0.contains("resize") }
      try pane.type("Left")
      try pane.wait("a key") { $0.contains("left") }
      #expect(try pane.state() == "1 0 1")
      try pane.type("q")
      try pane.wait("the shell") { $0.contains("done") }
      #expect(try pane.state() == "0 1 0")
    }
  }
}
