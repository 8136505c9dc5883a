/// What values a layer's activation function can give; decides what dead and saturated mean.
public enum ActivationRange: Hashable, Sendable {
  /// Nothing below zero (or only a leak), no upper end: `Relu`, `LeakyRelu`, `Softplus`…
  case rectified
  /// Between two ends that are neared but not reached: `Sigmoid`, `Tanh`…
  case bounded(lower: Float, upper: Float)
  /// Cut off at two ends, both of which are reached: `Clip`, as in ReLU6.
  case clipped(lower: Float, upper: Float)
  /// No activation function follows directly.
  case signed

  /// The range of an ONNX activation by name; a `Clip` without known bounds counts as rectified.
  ///
  /// - Parameter bounds: Of a `Clip`.
  public init(activation: String?, bounds: ClosedRange<Float>? = nil) {
    switch activation {
    case "Clip":
      self = bounds.map { .clipped(lower: $0.lowerBound, upper: $0.upperBound) } ?? .rectified
    case nil: self = .signed
    case "Sigmoid", "HardSigmoid": self = .bounded(lower: 0, upper: 1)
    case "Tanh", "Softsign": self = .bounded(lower: -1, upper: 1)
    default: self = .rectified
    }
  }
}
