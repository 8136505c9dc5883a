import Testing

@testable import ModelFiles

struct RunListingTests {
  private func names(_ files: [String]) throws -> [String] {
    try withTemporaryFolder { folder in
      for file in files { try plant("x", at: file, in: folder) }
      return try RunListing.files([folder]).map { String($0.path.dropFirst(folder.count + 1)) }
    }
  }

  @Test func `epochs stand in order of their numbers`() throws {
    #expect(
      try names(["epoch_10.pt", "epoch_9.pt", "epoch_100.pt", "notes.txt", "best.pt"])
        == ["epoch_9.pt", "epoch_10.pt", "epoch_100.pt", "best.pt"])
  }

  @Test func `an epoch saved in several formats is read once`() throws {
    #expect(
      try names(["e0.onnx", "e1.onnx", "e2.onnx", "e0.pth", "e2.pth", "e0.safetensors"])
        == ["e0.onnx", "e1.onnx", "e2.onnx"])
    #expect(try names(["model.onnx", "e0.pth", "e1.pth"]) == ["e0.pth", "e1.pth"])
  }

  @Test func `shards are one checkpoint`() throws {
    #expect(
      try names([
        "model.safetensors.index.json", "model-00001-of-00002.safetensors",
        "model-00002-of-00002.safetensors",
      ]) == ["model.safetensors.index.json"])
  }

  @Test(arguments: [
    ("epoch_07", 7), ("epoch=3-step=400", 400), ("ckpt12", 12), ("last", nil), ("12fca82f", nil),
    ("resnet20_epoch5", 5),
  ])
  func `the number is the last whole one`(stem: String, step: Int?) {
    #expect(RunListing.step(stem) == step)
  }

  @Test func `a path that leads nowhere is named`() {
    #expect(throws: CheckpointError.self) { try RunListing.files(["no-such-folder"]) }
  }
}
