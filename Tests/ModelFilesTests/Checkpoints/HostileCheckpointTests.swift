import Foundation
import Networks
import Testing

@testable import ModelFiles

struct HostileCheckpointTests {
  /// File, and words of the sentence that must be said about it.
  private static let refused = [
    ("runs_code.pt", "holds no tensors"), ("runs_code.pkl", "pickle"),
    ("memo_bomb.pt", "holds no tensors"), ("shared_bomb.pt", "250000 containers"),
    ("cycle.pt", "holds no tensors"), ("deep.pt", "levels in its pickle"),
    ("cut_pickle.pt", "is cut off"), ("underflow.pt", "takes more values than it made"),
    ("past_the_end.pt", "beyond its bytes"), ("negative_offset.pt", "beyond its bytes"),
    ("huge_shape.pt", "its shape is impossible"), ("huge_stride.pt", "beyond its bytes"),
    ("repeats.pt", "repeats its bytes"), ("storage_lies.pt", "shorter than the pickle says"),
    ("storage_missing.pt", "is missing"),
    ("strides_missing.pt", "strides do not fit"), ("unknown_type.pt", "holds no tensors"),
    ("zip_bomb.pt", "no packing reaches"), ("cut_off.pt", "cut off"),
    ("directory_outside.pt", "lies outside"), ("overlap.pt", "overlap"),
    ("entry_too_long.pt", "overlap or leave"),
    ("outside.safetensors.index.json", "never opened"),
    ("absent.safetensors.index.json", "missing"), ("shape.safetensors", "does not fit"),
    ("overlap.safetensors", "overlap"), ("objects.npz", "holds no tensors"),
    ("shape.npy", "its shape is impossible"),
  ]

  @Test(arguments: refused)
  func `a hostile file gets one sentence`(name: String, words: String) throws {
    let error = #expect(throws: CheckpointError.self) {
      _ = try Checkpoint(path: corpus("Hostile/\(name)"))
    }
    let sentence = try #require(error).description
    #expect(sentence.contains(words), "\(sentence)")
    #expect(!sentence.contains("\n"))
  }

  @Test func `no file of the folder is forgotten`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: corpus("Hostile"))
    #expect(Set(files) == Set(Self.refused.map(\.0) + ["nan.pt", "zero_size.pt"]))
  }

  @Test func `a pickle that calls the shell is data`() throws {
    var reader = PickleReader()
    let bytes = try Data(contentsOf: URL(filePath: corpus("Hostile/runs_code.pkl")))
    let graph = try reader.read(Array(bytes).span)
    let call = try #require(graph.object(graph.root))
    #expect(call.name == "posix.system")
    #expect(call.arguments.compactMap { graph.text($0) } == ["touch convscope-was-fooled"])
    #expect(!FileManager.default.fileExists(atPath: "convscope-was-fooled"))
  }

  @Test func `NaN everywhere is counted, nothing to count is fine`() throws {
    let nan = try Checkpoint(path: corpus("Hostile/nan.pt"))
    #expect(try nan.statistics(of: nan.tensors[0]).nonFiniteCount == 4)
    let empty = try Checkpoint(path: corpus("Hostile/zero_size.pt"))
    #expect(empty.tensors[0].count == 0)
    #expect(try empty.statistics(of: empty.tensors[0]).count == 0)
  }

  /// Damage anywhere ends in tensors or in a sentence, never in a trap.
  @Test(arguments: ["zip_protocol2.pt", "views_legacy.pth", "types.safetensors", "packed.npz"])
  func `damaged bytes end in a sentence`(name: String) throws {
    let bytes = Array(try Data(contentsOf: URL(filePath: corpus("Checkpoints/\(name)"))))
    try withTemporaryFolder { folder in
      for step in 0..<60 {
        var damaged = bytes
        damaged[step * 7919 % bytes.count] ^= UInt8(truncatingIfNeeded: 1 << (step % 8))
        if step % 5 == 0 { damaged = Array(damaged.prefix(step * 104_729 % bytes.count)) }
        try plant(damaged, at: "damaged", in: folder)
        do {
          let checkpoint = try Checkpoint(path: folder + "/damaged")
          for tensor in checkpoint.tensors { _ = try checkpoint.floats(of: tensor) }
        } catch let error as CheckpointError {
          #expect(!"\(error)".contains("\n"))
        }
      }
    }
  }
}
