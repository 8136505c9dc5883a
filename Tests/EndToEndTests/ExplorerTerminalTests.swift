import Foundation
import Testing

/// The explorer in a real terminal. Whatever ends it, the shell is usable afterwards.
@Suite(.enabled(if: Tmux.isAvailable), .serialized)
struct ExplorerTerminalTests {
  private let atlas: String

  init() throws { atlas = try Example.atlas() }

  private func explore(
    _ terminal: Tmux, _ more: String = "", sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try terminal.run("'\(Program.path)' '\(atlas)' \(more)")
    try terminal.waitFor("model.onnx", sourceLocation: sourceLocation)
  }

  @Test func `it starts, moves and quits`() throws {
    let terminal = try Tmux()
    try explore(terminal)
    #expect(try terminal.value("#{alternate_on}") == "1")
    let before = try terminal.screen()
    try terminal.press("j", "Enter")
    try terminal.waitUntil("another screen shows") { $0 != before }
    try terminal.press("?")
    try terminal.waitFor("quit")
    try terminal.press("Escape", "C-c")
    try terminal.waitFor("STATUS=0")
    try terminal.expectUsableShell()
  }

  @Test func `q quits from the top`() throws {
    let terminal = try Tmux()
    try explore(terminal)
    try terminal.press("q")
    try terminal.waitFor("STATUS=0")
    try terminal.expectUsableShell()
  }

  @Test func `it follows the size of the terminal, however small`() throws {
    let terminal = try Tmux(columns: 100, rows: 30)
    try explore(terminal)
    for (columns, rows) in [(60, 20), (20, 5), (8, 2), (160, 50), (80, 24)] {
      try terminal.resize(columns: columns, rows: rows)
      Thread.sleep(forTimeInterval: 0.15)
      #expect(try terminal.value("#{alternate_on}") == "1")
    }
    try terminal.waitFor("model.onnx")
    try terminal.press("q")
    try terminal.waitFor("STATUS=0")
  }

  @Test func `a tiny screen says what it needs`() throws {
    let terminal = try Tmux(columns: 80, rows: 24)
    try explore(terminal)
    try terminal.resize(columns: 20, rows: 5)
    try terminal.waitFor("convscope needs")
    try terminal.press("q")
    try terminal.resize(columns: 80, rows: 24)
    try terminal.waitFor("STATUS=0")
  }

  @Test func `q and a signal leave at once while the preprocessing is looked for`() throws {
    for signal in [nil, SIGTERM] {
      let terminal = try Tmux()
      try terminal.run("'\(Program.path)' '\(Example.model)' --data '\(Example.images)'")
      try terminal.waitFor("looking for the preprocessing")
      if let signal {
        kill(try terminal.processID(), signal)
      } else {
        try terminal.press("q")
      }
      try terminal.waitFor("STATUS=\(signal.map { 128 + $0 } ?? 0)")
      try terminal.expectUsableShell()
    }
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
  func `a signal ends it cleanly`(signal: Int32) throws {
    let terminal = try Tmux()
    try explore(terminal)
    kill(try terminal.processID(), signal)
    try terminal.waitFor("STATUS=\(128 + signal)")
    try terminal.expectUsableShell()
  }

  @Test(arguments: [SIGSEGV, SIGILL, SIGABRT])
  func `even a crash leaves a usable shell`(signal: Int32) throws {
    let terminal = try Tmux()
    try explore(terminal)
    kill(try terminal.processID(), signal)
    try terminal.waitFor("STATUS=")
    try terminal.expectUsableShell()
  }

  @Test func `an atlas cut short while it is open is explained on a usable shell`() throws {
    let folder = try TemporaryFolder()
    let copy = folder.file("copy.atlas")
    try FileManager.default.copyItem(atPath: atlas, toPath: copy)
    let terminal = try Tmux()
    try terminal.run("'\(Program.path)' '\(copy)'")
    try terminal.waitFor("model.onnx")
    #expect(unsafe truncate(copy, 4096) == 0)
    try terminal.press("Enter", "Enter", "Enter", "Enter")
    try terminal.waitFor("STATUS=\(128 + SIGBUS)")
    #expect(try terminal.screen().contains("cut short"))
    try terminal.expectUsableShell()
  }

  @Test func `a locale without UTF-8 gets plain characters`() throws {
    let terminal = try Tmux()
    try terminal.run("LC_ALL=C '\(Program.path)' '\(atlas)'")
    let shown = try terminal.waitFor("quit")
    #expect(shown.unicodeScalars.allSatisfy { $0.isASCII })
    try terminal.press("q")
    try terminal.waitFor("STATUS=0")
  }

  @Test func `nobody typing, it rests`() throws {
    let terminal = try Tmux()
    try explore(terminal)
    try terminal.press("j")
    try Threads(of: try terminal.processID()).expectRest()
    try terminal.press("q")
  }

  @Test func `it stops and goes on with job control`() throws {
    let terminal = try Tmux()
    try explore(terminal)
    kill(try terminal.processID(), SIGTSTP)
    try terminal.waitFor("Stopped")
    try terminal.expectUsableShell()
    try terminal.run("fg")
    try terminal.waitFor("model.onnx")
    #expect(try terminal.value("#{alternate_on}") == "1")
    try terminal.press("q")
    try terminal.waitFor("STATUS=0")
    try terminal.expectUsableShell()
  }

  @Test(arguments: ["xterm-ghostty", "no-such-terminal", "vt100", "linux", "xterm", "screen"])
  func `whatever the terminal is called, it works`(term: String) throws {
    let terminal = try Tmux(term: term)
    try explore(terminal)
    try terminal.press("j", "k", "q")
    try terminal.waitFor("STATUS=0")
    try terminal.expectUsableShell()
  }

  @Test(arguments: ["dumb", ""])
  func `a terminal that cannot move its cursor gets one sentence or a screen`(term: String) throws {
    let terminal = try Tmux(term: term)
    try terminal.run("'\(Program.path)' '\(atlas)'")
    let shown = try terminal.waitUntil("it starts or ends") {
      $0.contains("STATUS=") || $0.contains("model.onnx ·")
    }
    if shown.contains("STATUS=") {
      #expect(shown.contains("STATUS=1"))
      #expect(shown.contains("convscope: "))
    } else {
      try terminal.press("q")
      try terminal.waitFor("STATUS=0")
    }
    try terminal.expectUsableShell()
  }

  @Test(arguments: ["truecolor", "256", "16", "mono"])
  func `each colour tier keeps to its colours`(tier: String) throws {
    let terminal = try Tmux()
    try explore(terminal, "--color \(tier)")
    let colored = try terminal.coloredScreen()
    #expect(colored.contains("38;2;") == (tier == "truecolor"))
    #expect(colored.contains("38;5;") == (tier == "256"))
    let colors = try Regex("\u{1B}\\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]")
    #expect(colored.contains(colors) == (tier != "mono"))
    try terminal.press("q")
    try terminal.waitFor("STATUS=0")
  }

  @Test func `an address is copied to tmux' buffer, and a table to a file`() throws {
    let folder = try TemporaryFolder()
    let terminal = try Tmux()
    try terminal.tmux("set", "-s", "set-clipboard", "on")
    try explore(terminal)
    try terminal.press("l", "y")
    try terminal.waitFor("sent to tmux")
    #expect(try terminal.tmux("show-buffer").contains("branches."))
    let file = folder.file("table.tsv")
    try terminal.press(":")
    try terminal.tmux("send-keys", "-l", "copy table \(file)")
    try terminal.press("Enter")
    try terminal.waitFor("written to")
    #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix("layer\tcluster\t"))
    try terminal.press("q")
    try terminal.waitFor("STATUS=0")
  }

  @Test func `a configuration file counts, and a wrong line of it is told and harmless`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      "convscope/config", "glyphs = ascii\nkey.help = H\nnonsense\n")
    let terminal = try Tmux(environment: ["XDG_CONFIG_HOME": folder.path])
    try explore(terminal)
    let shown = try terminal.waitFor("config:3: ")
    #expect(!shown.contains("┏"))
    try terminal.press("H")
    try terminal.waitFor("keys on the network screen")
    try terminal.press("Escape", "q")
    try terminal.waitFor("STATUS=0")
    #expect(try terminal.screen().contains("\(file):3: “nonsense” is no “key = value”."))
  }

  @Test func `images stream while it is open`() throws {
    let terminal = try Tmux()
    try terminal.run("'\(Program.path)' '\(Example.model)' --data '\(Example.images)'")
    try terminal.waitFor("top-1", seconds: 40)
    try terminal.press("q")
    try terminal.waitFor("STATUS=0")
    try terminal.expectUsableShell()
  }

  @Test func `a model alone shows its structure and says what is missing`() throws {
    let terminal = try Tmux()
    try terminal.run("'\(Program.path)' '\(Example.model)'")
    try terminal.waitFor("--data")
    try terminal.press("q")
    try terminal.waitFor("STATUS=0")
  }

  @Test func `a bad model is one sentence on a shell that never changed`() throws {
    let terminal = try Tmux()
    try terminal.run("'\(Program.path)' /etc/hostname")
    try terminal.waitFor("STATUS=1")
    #expect(try terminal.screen().contains("convscope: "))
    try terminal.expectUsableShell()
  }

  @Test func `without a terminal it says what to do instead`() throws {
    let result = try convscope(atlas)
    expectComplaint(result, naming: "convscope show")
  }

  @Test func `an image is run, walked through and pinned while keys are taken`() throws {
    let terminal = try Tmux(columns: 100, rows: 30)
    try terminal.run(
      "'\(Program.path)' '\(Example.model)' --data '\(Example.images)' --limit 40 "
        + "--preprocess imagenet")
    try terminal.waitUntil("all images ran", seconds: 60) {
      $0.contains(" 40 images ") && !$0.contains("building")
    }
    try terminal.press("I", "Enter")
    try terminal.waitFor("clusters of stem.conv")
    try terminal.waitFor("s.d. (40 images)")
    try terminal.press("h", "j", "j", "l")
    try terminal.waitFor("clusters of branches.small.conv")
    try terminal.press("]")
    try terminal.waitUntil("the next image ran") {
      $0.contains("2 of 400 listed") && $0.contains("clusters of branches.small.conv")
    }
    try terminal.press("P", "Escape", "Escape", "2")
    try terminal.waitFor("last column: blue-square-dotted/001.png")
    try terminal.press("P", "c", "S", "Escape")
    try terminal.waitFor("clusters by blue-square-dotted")
    try terminal.press("q")
    try terminal.waitFor("STATUS=0")
    try terminal.expectUsableShell()
  }
}
