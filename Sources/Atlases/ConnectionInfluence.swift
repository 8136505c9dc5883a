import Networks
import Tensors

/// How strongly each channel of a connection's source drove each neuron of its target on images; see
/// `ChannelInfluence`.
public struct ConnectionInfluence: Equatable, Sendable {
  /// What was taken for a channel of the source.
  public var basis: InfluencePath.Basis
  /// Images that the means rest on.
  public var imageCount: Int
  /// Neurons × source channels: means over the images; NaN where a value was not finite.
  public var excitatory: Matrix
  /// The same.
  public var inhibitory: Matrix

  public init(
    basis: InfluencePath.Basis, imageCount: Int, excitatory: Matrix, inhibitory: Matrix
  ) {
    self.basis = basis
    self.imageCount = imageCount
    self.excitatory = excitatory
    self.inhibitory = inhibitory
  }
}

/// The influence of one layer on another.
public struct MeasuredInfluence: Equatable, Sendable {
  public var source: LayerID
  public var target: LayerID
  /// Nil where the source cannot be told apart from others that arrive in the same channels.
  public var influence: ConnectionInfluence?

  public init(source: LayerID, target: LayerID, influence: ConnectionInfluence?) {
    self.source = source
    self.target = target
    self.influence = influence
  }
}

extension Atlas {
  /// Takes in what was measured where there is a connection of that size.
  public mutating func take(_ measured: [MeasuredInfluence]) {
    for one in measured {
      guard let influence = one.influence, layers.indices.contains(one.target.index) else {
        continue
      }
      for place in layers[one.target.index].connections.indices {
        let connection = layers[one.target.index].connections[place]
        guard connection.source == .layer(one.source),
          connection.strength.hasSize(of: influence.excitatory),
          connection.strength.hasSize(of: influence.inhibitory)
        else { continue }
        layers[one.target.index].connections[place].influence = influence
      }
    }
  }
}

extension Matrix {
  fileprivate func hasSize(of other: Matrix) -> Bool {
    rowCount == other.rowCount && columnCount == other.columnCount
  }
}
