import Foundation
import Networks
import Testing

@testable import ModelFiles

/// A tensor as PyTorch or NumPy read it when the fixtures were made.
private struct ReferenceTensor: Decodable {
  var name: String
  var format: String
  var shape: [Int]
  var bytes: String
}

/// Path of a file below `Tests/Corpus`.
func corpus(_ path: String) -> String {
  URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Corpus/\(path)").path(percentEncoded: false)
}

struct CheckpointTests {
  private static let names = [
    "arrays.npz", "compiled.pt", "dtypes.pt", "dtypes_legacy.pth", "ema_only.pt",
    "legacy_protocol2.pth", "legacy_protocol3.pth", "legacy_protocol4.pth", "legacy_protocol5.pth",
    "lightning.ckpt", "one.npy", "packed.npz", "parameters.pt", "script.pt",
    "sharded.safetensors.index.json", "types.safetensors", "views.pt", "views_legacy.pth",
    "whole_model.pt", "whole_model_legacy.pth", "zip_protocol2.pt", "zip_protocol3.pt",
    "zip_protocol4.pt", "zip_protocol5.pt",
  ]

  @Test(arguments: names)
  func `every tensor equals its maker's, bit for bit`(name: String) throws {
    let all = try reference([String: [ReferenceTensor]].self, "checkpoint_reference.json")
    let expected = try #require(all[name])
    let checkpoint = try Checkpoint(path: corpus("Checkpoints/\(name)"))
    #expect(Set(checkpoint.tensors.map(\.name)) == Set(expected.map(\.name)))
    #expect(checkpoint.tensors.count == expected.count)
    for tensor in expected {
      let found = try #require(checkpoint.tensor(tensor.name), "\(tensor.name)")
      #expect(found.elementType.rawValue == tensor.format, "\(tensor.name)")
      #expect(found.shape == tensor.shape, "\(tensor.name)")
      let bytes = try checkpoint.bytes(of: found)
      #expect(bytes == Data(base64Encoded: tensor.bytes).map { Array($0) }, "\(tensor.name)")
    }
  }

  @Test func `numbers of every format become the same floats`() throws {
    let checkpoint = try Checkpoint(path: corpus("Checkpoints/dtypes.pt"))
    for name in ["float64", "float32", "int64", "int32", "int16", "int8"] {
      let tensor = try #require(checkpoint.tensor(name))
      #expect(try checkpoint.floats(of: tensor) == [-3, -2, -1, 0, 1, 2, 3, 4], "\(name)")
    }
    let half = try checkpoint.floats(of: try #require(checkpoint.tensor("float16")))
    #expect(half[1...3] == [65504, -0.0, .infinity])
    let brain = try checkpoint.floats(of: try #require(checkpoint.tensor("bfloat16")))
    #expect(brain[2] == -1.5 && brain[3].isNaN)
  }

  @Test func `views read in their own order`() throws {
    let checkpoint = try Checkpoint(path: corpus("Checkpoints/views.pt"))
    let column = try #require(checkpoint.tensor("column"))
    #expect(try checkpoint.floats(of: column) == [2, 8, 14, 20])
    let transposed = try #require(checkpoint.tensor("transposed"))
    #expect(try checkpoint.floats(of: transposed).prefix(4) == [0, 6, 12, 18])
    #expect(try checkpoint.statistics(of: transposed).count == 24)
  }

  @Test func `facts, choices and wrappers are told`() throws {
    let lightning = try Checkpoint(path: corpus("Checkpoints/lightning.ckpt"))
    #expect(lightning.facts.contains(MetadataEntry(key: "epoch", value: "7")))
    #expect(lightning.notes.contains { $0.contains("module.") }, "\(lightning.notes)")
    #expect(lightning.tensors.contains { $0.storedName == "module.conv1.weight" })
    let compiled = try Checkpoint(path: corpus("Checkpoints/compiled.pt"))
    #expect(compiled.notes.contains { $0.contains("“ema”") }, "\(compiled.notes)")
  }

  @Test(arguments: ["whole_model.pt", "whole_model_legacy.pth"])
  func `a whole model says how its convolutions move`(name: String) throws {
    let checkpoint = try Checkpoint(path: corpus("Checkpoints/\(name)"))
    let module = try #require(checkpoint.modules.first { $0.name == "conv1" })
    #expect(module.className == "torch.nn.modules.conv.Conv2d")
    #expect(module.settings.contains(MetadataEntry(key: "stride", value: "2×2")))
    #expect(module.settings.contains(MetadataEntry(key: "padding", value: "1×1")))
  }

  @Test func `an ONNX model is told apart`() throws {
    try withTemporaryFolder { folder in
      try plant(OnnxBuilder.small().bytes, at: "m.onnx", in: folder)
      #expect(throws: CheckpointError.self) { try Checkpoint(path: folder + "/m.onnx") }
      #expect(!Checkpoint.looksLikeCheckpoint(path: folder + "/m.onnx"))
    }
  }
}
