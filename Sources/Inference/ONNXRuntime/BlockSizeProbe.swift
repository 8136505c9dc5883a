import Tensors
import Networks

/// Finds out how many channels the engine lays side by side when it computes in blocks (NCHWc):
/// 16 with AVX-512, 8 with AVX2…; it tells nobody, but reorders a tensor when asked to.
enum BlockSizeProbe {
  /// Channels of the tensor that is reordered; it has two positions.
  private static let channelCount = 64

  /// `ModelProto`: `ir_version` 1, `graph` 7, `opset_import` 8, with one `ReorderInput`.
  static var model: [UInt8] {
    let domain = "com.microsoft.nchwc"
    let node =
      WireBytes.field(1, "plain") + WireBytes.field(2, "blocked")
      + WireBytes.field(4, "ReorderInput") + WireBytes.field(7, domain)
    let lengths = [1, channelCount, 2, 1].flatMap {
      WireBytes.field(1, WireBytes.field(1, $0))
    }
    let tensor = WireBytes.field(1, 1) + WireBytes.field(2, lengths)
    let input = WireBytes.field(1, "plain") + WireBytes.field(2, WireBytes.field(1, tensor))
    let graph =
      WireBytes.field(1, node) + WireBytes.field(2, "probe") + WireBytes.field(11, input)
      + WireBytes.field(12, WireBytes.field(1, "blocked"))
    return WireBytes.field(1, 8) + WireBytes.field(7, graph)
      + WireBytes.field(8, WireBytes.field(1, "") + WireBytes.field(2, 13))
      + WireBytes.field(8, WireBytes.field(1, domain) + WireBytes.field(2, 1))
  }

  /// The block size that a session of ``model`` shows; nil when it does not reorder.
  static func blockSize(_ session: any InferenceSession) throws -> Int? {
    let run = try session.makeRun(yielding: [TensorRequest("blocked")])
    let count = 2 * channelCount
    try run.withInput(count: count) { values in
      for index in values.indices { values[index] = Float(index) }
    }
    try run.execute(shape: [1, channelCount, 2, 1])
    // Channel c holds 2c and 2c + 1: the second positions of a block follow all first ones.
    return try run.withOutput(0) { _, values in
      let first = values.indices.first { Int(values[$0]) % 2 == 1 } ?? 0
      return values.count == count && first > 1 ? first : nil
    }
  }
}
