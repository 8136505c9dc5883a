/// A square thumbnail placed on a canvas, in canvas pixels.
public struct PackedSquare: Hashable, Sendable, Codable {
  /// What it shows: a neuron of the layer.
  public var item: Int
  public var x: Int
  public var y: Int
  public var side: Int

  public init(item: Int, x: Int, y: Int, side: Int) {
    self.item = item
    self.x = x
    self.y = y
    self.side = side
  }
}
