/// A representative layer, by its place in ``Network/layers``.
public struct LayerID: Hashable, Comparable, Sendable, Codable {
  public let index: Int

  public init(_ index: Int) {
    self.index = index
  }

  public static func < (a: Self, b: Self) -> Bool { a.index < b.index }
}

/// A neuron: a channel of a convolution or a unit of a dense layer.
public struct NeuronID: Hashable, Comparable, Sendable, Codable {
  public var layer: LayerID
  /// Channel or unit, from 0.
  public var channel: Int

  public init(layer: LayerID, channel: Int) {
    self.layer = layer
    self.channel = channel
  }

  public static func < (a: Self, b: Self) -> Bool {
    (a.layer, a.channel) < (b.layer, b.channel)
  }
}
