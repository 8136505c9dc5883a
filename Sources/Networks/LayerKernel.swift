/// A layer's weights as they act: batch normalisation and arithmetic per channel folded in,
/// quantised weights as floats.
public struct LayerKernel: Hashable, Sendable {
  /// Neurons × input channels a group × height × width; 1 × 1 for dense layers, 1 × width for
  /// one-dimensional ones.
  public var shape: [Int]
  /// Row-major.
  public var values: [Float]
  /// One a neuron.
  public var bias: [Float]

  public init(shape: [Int], values: [Float], bias: [Float]) {
    self.shape = shape
    self.values = values
    self.bias = bias
  }
}
