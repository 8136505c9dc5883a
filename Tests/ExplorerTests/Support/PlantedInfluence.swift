import Atlases
import Networks
import Tensors

extension PlantedAtlas {
  /// With the influence along every connection between layers: four times the positive strength, and a
  /// quarter of it where it is negative; 200 images.
  static func withInfluence() -> Atlas {
    var atlas = make()
    atlas.take(influence(of: atlas))
    return atlas
  }

  static func influence(of atlas: Atlas) -> [MeasuredInfluence] {
    atlas.layers.flatMap { layer in
      layer.connections.compactMap { connection in
        guard case .layer(let source) = connection.source else { return nil }
        func matrix(_ value: (Float) -> Float) -> Matrix {
          Matrix(
            rowCount: connection.strength.rowCount, columnCount: connection.strength.columnCount,
            values: connection.strength.values.map(value))
        }
        return MeasuredInfluence(
          source: source, target: layer.layer,
          influence: ConnectionInfluence(
            basis: connection.through.contains("Add") ? .ownPart : .input, imageCount: 200,
            excitatory: matrix { 4 * max(0, $0) }, inhibitory: matrix { max(0, -$0) / 4 }))
      }
    }
  }
}
