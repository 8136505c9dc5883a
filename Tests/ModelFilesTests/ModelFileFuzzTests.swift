import Networks
import Tensors
import Testing

@testable import ModelFiles

/// Damaged files end in a thrown error or a network, never in a trap.
@Suite struct ModelFileFuzzTests {
  @Test func `two thousand damaged files do no harm`() throws {
    let whole = OnnxBuilder.small().bytes
    let folder = try TemporaryFolder()
    var random = SeededGenerator(seed: 1)
    var opened = 0
    for round in 0..<2000 {
      var bytes = whole
      if round.isMultiple(of: 4) {
        bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random))
      }
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        let place = Int.random(in: bytes.indices, using: &random)
        bytes[place] = UInt8.random(in: 0...255, using: &random)
      }
      let path = try folder.write("model.onnx", bytes)
      guard let file = try? ModelFile(path: path) else { continue }
      opened += 1
      exercise(file)
    }
    #expect(opened > 100)
  }

  @Test func `every cut of a small model does no harm`() throws {
    let whole = OnnxBuilder.small().bytes
    let folder = try TemporaryFolder()
    for count in stride(from: 1, to: whole.count, by: 7) {
      let path = try folder.write("model.onnx", Array(whole.prefix(count)))
      #expect(throws: ModelFileError.self) { try ModelFile(path: path) }
    }
  }

  /// Reads all there is to read.
  private func exercise(_ file: ModelFile) {
    for layer in file.network.layers { _ = try? file.kernel(of: layer.id) }
    for edge in file.network.edges { _ = try? file.connectionStrength(of: edge) }
    _ = try? file.influencePaths(of: file.network.edges)
    let report = ModelReport(file)
    #expect(!report.infoText(width: 60).isEmpty)
  }
}
