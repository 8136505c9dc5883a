import Foundation
import Testing

/// The run screen in a real terminal, while checkpoints come.
@Suite(.enabled(if: Tmux.isAvailable), .serialized)
struct RunTerminalTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for epoch in 1...2 { _ = try folder.write("epoch_\(epoch).onnx", Example.modelBytes()) }
  }

  @Test func `a checkpoint written in pieces appears, and nobody typing it rests`() throws {
    let terminal = try Tmux()
    try terminal.run("'\(Program.path)' run '\(folder.file(""))'")
    try terminal.waitFor("2 checkpoints")
    try terminal.waitFor("watching")
    let bytes = try Example.modelBytes()
    let path = try folder.write("epoch_3.onnx", Array(bytes.prefix(bytes.count / 3)))
    try terminal.waitFor("epoch_3.onnx is being written")
    // A key is answered meanwhile.
    try terminal.press("m")
    try terminal.waitFor("weight norm")
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.seekToEnd()
    try file.write(contentsOf: bytes.dropFirst(bytes.count / 3))
    try file.close()
    try terminal.waitFor("3 checkpoints")
    try terminal.press("q")
    try terminal.waitFor("STATUS=0")
    try terminal.expectUsableShell()
  }

  @Test func `from the run to a neuron at a checkpoint, through time, and back`() throws {
    let terminal = try Tmux(columns: 160, rows: 30)
    try terminal.run(
      "'\(Program.path)' run '\(folder.file(""))' --data '\(Example.images)' --limit 12"
        + " --preprocess imagenet")
    try terminal.waitFor("2 checkpoints")
    try terminal.waitFor("12 images")
    try terminal.press("j", "Enter")
    try terminal.waitFor("neuron 0")
    try terminal.press("j", "o")
    try terminal.waitFor("checkpoint 2, 2 of 2")
    try terminal.waitFor("strongest inputs and outputs")
    try terminal.press("<")
    try terminal.waitFor("checkpoint 1, 1 of 2")
    try terminal.press("<")
    try terminal.waitFor("this is the first checkpoint")
    try terminal.press(">")
    try terminal.waitFor("checkpoint 2, 2 of 2")
    try terminal.press("Escape")
    try terminal.waitFor("neuron 1")
    try terminal.press("C-c")
    try terminal.waitFor("STATUS=0")
    try terminal.expectUsableShell()
  }

  @Test func `nobody typing and nothing new, it rests`() throws {
    let old = [FileAttributeKey.modificationDate: Date(timeIntervalSinceNow: -7200)]
    for epoch in 1...2 {
      try FileManager.default.setAttributes(old, ofItemAtPath: folder.file("epoch_\(epoch).onnx"))
    }
    let terminal = try Tmux()
    try terminal.run("'\(Program.path)' run '\(folder.file(""))'")
    try terminal.waitFor("2 h ago")
    try Threads(of: try terminal.processID()).expectRest()
    try terminal.press("q")
    try terminal.waitFor("STATUS=0")
  }
}
