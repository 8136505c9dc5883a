import Atlases
import Networks

extension InfluenceSession {
  /// The atlas with the influence along every connection between layers, as far as that is not in it
  /// yet; as it was when cancelled. What cannot be measured is noted.
  ///
  /// - Complexity: that of ``measure(_:imageLimit:report:)`` for all connections.
  public func withInfluence(_ atlas: Atlas) -> Atlas {
    let pairs = atlas.layers.flatMap { layer in
      layer.connections.compactMap { connection -> LayerPair? in
        guard connection.influence == nil, case .layer(let source) = connection.source else {
          return nil
        }
        return LayerPair(source: source, target: layer.layer)
      }
    }
    guard !pairs.isEmpty else { return atlas }
    var result = atlas
    do throws(SessionError) {
      result.take(try measure(pairs))
    } catch {
      if case .cancelled = error { return atlas }
      result.network.notes.append("influence: \(error)")
    }
    return result
  }
}
