import Foundation
import Testing

/// What moves of the cursor send to a real terminal.
@Suite(.enabled(if: Tmux.isAvailable))
struct MoveBytesTests {
  @Test func `moves take 4 KB, and their pictures follow by themselves`() throws {
    let folder = try TemporaryFolder()
    let trace = folder.file("trace")
    let terminal = try Tmux(columns: 200, rows: 50)
    let atlas = try Example.atlas()
    try terminal.run(
      "'\(Program.path)' '\(atlas)' --color truecolor --trace-frames '\(trace)'")
    try terminal.waitFor("model.onnx")
    for _ in 0..<4 {
      let before = try terminal.screen()
      try terminal.press("Enter")
      try terminal.waitUntil("another screen shows") { $0 != before }
    }
    try terminal.waitFor("of the data set")
    for _ in 0..<6 {
      let title = try terminal.screen().split(separator: "\n")[1]
      try terminal.press("]")
      try terminal.waitUntil("another image shows") { $0.split(separator: "\n")[1] != title }
    }
    Thread.sleep(forTimeInterval: 0.5)
    let shown = try terminal.screen()
    try terminal.press("C-l")
    Thread.sleep(forTimeInterval: 0.5)
    #expect(try terminal.screen() == shown)
    try terminal.press("C-c")
    try terminal.waitFor("STATUS=0")
    let frames = try JSONLine.all(of: String(contentsOfFile: trace, encoding: .utf8))
    let keyed = frames.indices.filter { frames[$0]["microseconds"] != nil }
    let bytes = frames.map { $0["bytes"] as? Int ?? 0 }
    // The last key painted everything anew. What is counted wakes the loop, too: a byte a message.
    let moves = try #require(keyed.suffix(7).first)..<(try #require(keyed.last))
    for index in moves where keyed.contains(index) { #expect(bytes[index] <= 4096 + 32) }
    let pictures = moves.filter { !keyed.contains($0) }.map { bytes[$0] }.max() ?? 0
    #expect(pictures > 4096, "\(bytes)")
  }
}
