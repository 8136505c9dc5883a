/// Where a neuron fired strongest in one image.
public struct TopPatch: Hashable, Sendable, Codable {
  /// Index in the data set.
  public var image: Int32
  /// Position in the layer's output; row-major first among equals.
  public var y: Int32
  public var x: Int32
  /// Activation there, after the layer's activation function.
  public var value: Float

  public init(image: Int32, y: Int32, x: Int32, value: Float) {
    self.image = image
    self.y = y
    self.x = x
    self.value = value
  }

  /// Strongest first; equal values by lower image index, so that the order of arrival
  /// never matters.
  public func precedes(_ other: TopPatch) -> Bool {
    value > other.value || (value == other.value && image < other.image)
  }
}
