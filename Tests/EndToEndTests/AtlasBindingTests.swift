import Foundation
import Testing

/// An atlas opened with the model and the images that it is of.
struct AtlasBindingTests {
  @Test func `an atlas runs its images through the model that is named`() throws {
    let result = try convscope(
      Example.atlas(), "--model", Example.model, "--data", Example.images, "--keys", "I enter",
      "--size", "120x40")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("s.d.") && result.output.contains("outputs "))
  }

  @Test func `another model, no images and no atlas are refused in a sentence`() throws {
    let folder = try TemporaryFolder()
    let other = try folder.write("other.onnx", try Example.modelBytes() + [0x30, 0x00])
    let wrong = try convscope(
      Example.atlas(), "--model", other, "--data", Example.images, "--keys", "j")
    #expect(wrong.status == 1 && wrong.complaints.count == 1)
    #expect(wrong.errors.contains("is not the model of this atlas"))
    let bare = try convscope(Example.atlas(), "--model", Example.model, "--keys", "j")
    #expect(bare.status == 2 && bare.errors.contains("--data"))
    let none = try convscope(Example.model, "--model", Example.model, "--keys", "j")
    #expect(none.status == 2 && none.errors.contains("is none"))
  }

  @Test(.enabled(if: Tmux.isAvailable))
  func `an atlas that was made here finds its model by itself, and says so`() throws {
    let terminal = try Tmux(columns: 120, rows: 40)
    let folder = try TemporaryFolder()
    let atlas = folder.file("a.atlas")
    try terminal.run(
      "'\(Program.path)' analyze '\(Example.model)' --data '\(Example.images)' --limit 30 "
        + "--preprocess imagenet --no-cache -o '\(atlas)'")
    try terminal.waitFor("STATUS=0", seconds: 40)
    try terminal.run("'\(Program.path)' '\(atlas)'")
    try terminal.waitFor("Images run through", seconds: 40)
    try terminal.press("I", "Enter")
    try terminal.waitFor("s.d.", seconds: 40)
    try terminal.press("C-c")
    try terminal.waitFor("STATUS=0")
    try terminal.run("'\(Program.path)' '\(atlas)' --fresh")
    try terminal.waitFor("q quit")
    try terminal.press("I", "Enter")
    try terminal.waitFor("--model FILE")
    try terminal.press("C-c")
    try terminal.waitFor("STATUS=0")
  }
}
