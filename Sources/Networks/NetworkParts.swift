/// A network cut into parts that run one after the other, so that what flows between them can
/// be changed.
public struct NetworkParts: Sendable {
  /// In order; part *i* + 1 is the first to read seam *i*.
  public var parts: [NetworkPart]
  /// Tensors that may be changed on their way, in order: one fewer than there are parts.
  public var seams: [String]
  /// The tensor of the last part that holds one number a class: before a final softmax where
  /// there is one.
  public var scores: String
  /// True where the scores went through a softmax or sigmoid that could not be left out.
  public var holdsProbabilities: Bool

  public init(
    parts: [NetworkPart], seams: [String], scores: String, holdsProbabilities: Bool
  ) {
    self.parts = parts
    self.seams = seams
    self.scores = scores
    self.holdsProbabilities = holdsProbabilities
  }
}

/// One part of a network: a model of its own.
public struct NetworkPart: Sendable {
  /// An ONNX model; weights in files of their own stay there.
  public var bytes: [UInt8]
  /// Tensors it reads: the network's input or outputs of earlier parts.
  public var inputs: [String]
  /// Tensors it makes that later parts or the user need.
  public var outputs: [String]

  public init(bytes: [UInt8], inputs: [String], outputs: [String]) {
    self.bytes = bytes
    self.inputs = inputs
    self.outputs = outputs
  }
}
