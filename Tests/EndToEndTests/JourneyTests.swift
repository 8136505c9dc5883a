import Foundation
import Testing

/// What people come for, in a terminal, from the first key to what they wanted to see.
@Suite(.enabled(if: Tmux.isAvailable), .serialized)
struct JourneyTests {
  private func explore(
    _ terminal: Tmux, _ arguments: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let what = try arguments ?? "'\(Example.atlas())'"
    try terminal.run("'\(Program.path)' \(what)")
    try terminal.waitFor("q quit", seconds: 40, sourceLocation: sourceLocation)
  }

  private func type(_ text: String, in terminal: Tmux) throws {
    try terminal.tmux("send-keys", "-l", text)
    try terminal.press("Enter")
  }

  private func leave(_ terminal: Tmux) throws {
    try terminal.press("C-c")
    try terminal.waitFor("STATUS=0")
  }

  @Test func `from the network to the picture that excites a neuron most`() throws {
    let terminal = try Tmux(columns: 80, rows: 24)
    try explore(terminal)
    try terminal.press("Enter")
    try terminal.waitFor("stem.conv · Conv")
    try terminal.press("Enter", "Enter")
    try terminal.waitFor("strongest inputs and outputs")
    try terminal.press("Enter")
    try terminal.waitFor("classified as")
    try terminal.press("Escape", "Escape", "Escape", "Escape")
    try terminal.waitFor("features")
    try leave(terminal)
  }

  @Test func `a neuron is found by its address, and its neighbours by name`() throws {
    let terminal = try Tmux(columns: 100, rows: 30)
    try explore(terminal)
    try type("/top.conv:7", in: terminal)
    try terminal.waitFor("top.conv:7")
    try type("/branches", in: terminal)
    try terminal.waitFor("match 1 of")
    try terminal.press("n")
    try terminal.waitFor("match 2 of")
    try leave(terminal)
  }

  @Test func `who is taken for whom, and the images of it`() throws {
    let terminal = try Tmux(columns: 120, rows: 30)
    try explore(terminal)
    try terminal.press("c")
    try terminal.waitFor("accuracy and confusion")
    try terminal.press("Enter")
    try terminal.waitFor("classified as blue-square-dotted")
    try terminal.press("Enter")
    try terminal.waitFor("verdict")
    try leave(terminal)
  }

  @Test func `what tells two classes apart, down to the neuron`() throws {
    let terminal = try Tmux(columns: 120, rows: 30)
    try explore(terminal)
    try terminal.press("c", "j", "d")
    try terminal.waitFor("apart")
    try terminal.press("Tab", "Enter")
    try terminal.waitFor("strongest inputs and outputs")
    try leave(terminal)
  }

  @Test func `the facets of the network, and the path to a class`() throws {
    let terminal = try Tmux(columns: 120, rows: 30)
    try explore(terminal)
    for (key, title) in [
      ("2", "activations"), ("4", "weights"), ("5", "fires at"), ("1", "learned features"),
    ] {
      try terminal.press(key)
      try terminal.waitFor(title)
    }
    try terminal.press("p")
    try terminal.waitFor("path")
    try leave(terminal)
  }

  @Test func `clusters changed by hand are there again at the next visit`() throws {
    let terminal = try Tmux(columns: 120, rows: 30)
    try explore(terminal)
    try type(":go top.conv", in: terminal)
    try terminal.press("Enter")
    try terminal.waitFor("clusters ")
    try type(":recluster 3", in: terminal)
    try terminal.waitFor("┏ 3 clusters")
    try type(":rename blob", in: terminal)
    try terminal.waitFor("blob")
    try terminal.press("u", "C-r")
    try leave(terminal)
    try explore(terminal)
    try terminal.waitFor("as you arranged them")
    try type(":go top.conv", in: terminal)
    try terminal.press("Enter")
    try terminal.waitFor("blob")
    try leave(terminal)
  }

  @Test func `what is wrong with the network, and the evidence`() throws {
    let terminal = try Tmux(columns: 120, rows: 30)
    try explore(terminal)
    try terminal.press("f")
    let shown = try terminal.waitFor("finding")
    try terminal.press("Enter")
    try terminal.waitUntil("the evidence shows") { $0 != shown }
    try leave(terminal)
  }

  @Test func `places are marked, left and found again`() throws {
    let terminal = try Tmux(columns: 120, rows: 30)
    try explore(terminal)
    try type("/top.conv:7", in: terminal)
    try terminal.waitFor("top.conv:7")
    try terminal.press("M", "t")
    try terminal.waitFor("mark t: neuron top.conv:7")
    try type(":network", in: terminal)
    try terminal.waitFor("p path")
    try terminal.press("'", "t")
    try terminal.waitFor("strongest inputs and outputs")
    try terminal.press("C-o")
    try terminal.waitFor("p path")
    try terminal.press("C-n")
    try terminal.waitFor("strongest inputs and outputs")
    try leave(terminal)
  }

  @Test func `help and palette lead to what nobody remembers`() throws {
    let terminal = try Tmux(columns: 100, rows: 30)
    try explore(terminal)
    try terminal.press("?")
    try terminal.waitFor("keys on the network screen")
    try terminal.press("Escape", ":")
    try terminal.tmux("send-keys", "-l", "confusion")
    try terminal.waitFor("classes  ")
    try terminal.press("Enter")
    try terminal.waitFor("accuracy and confusion")
    try leave(terminal)
  }

  @Test func `what would happen without a cluster`() throws {
    let terminal = try Tmux(columns: 120, rows: 30)
    try explore(
      terminal,
      "'\(Example.model)' --data '\(Example.images)' --limit 20 --preprocess imagenet")
    try terminal.waitFor("top-1", seconds: 40)
    try terminal.waitUntil("the images ran", seconds: 40) { !$0.contains(" left") }
    try type(":ablate top.conv:0-20", in: terminal)
    try terminal.waitFor("accuracy", seconds: 40)
    try terminal.waitFor("top.conv:0-20")
    try leave(terminal)
  }
}
