/// What values a layer's activation function can give; decides what dead and saturated mean.
public enum ActivationRange: Hashable, Sendable {
  /// Nothing below zero (or only a leak), no upper end: `Relu`, `LeakyRelu`, `Softplus`…
  case rectified
  /// Between two ends: `Sigmoid`, `Tanh`, `Clip`…
  case bounded(lower: Float, upper: Float)
  /// No activation function follows directly.
  case signed

  /// The range of an ONNX activation by name; `Clip` needs its own bounds, without them it
  /// counts as rectified.
  public init(activation: String?) {
    switch activation {
    case nil: self = .signed
    case "Sigmoid", "HardSigmoid": self = .bounded(lower: 0, upper: 1)
    case "Tanh", "Softsign": self = .bounded(lower: -1, upper: 1)
    default: self = .rectified
    }
  }
}
