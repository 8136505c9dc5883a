import Analysis
import Atlases
import Dispatch
import Networks
import Synchronization
import Tensors

/// Turns summaries into an atlas: statistics, clusters, orders and duplicates of every layer.
public struct AtlasBuilder: Sendable {
  /// Structure and weights; what activations add is put on top.
  public let base: Atlas
  public var structure: LayerStructure

  /// - Parameter base: An atlas of the same network and data set without activations.
  public init(base: Atlas, seed: UInt64) {
    self.base = base
    structure = LayerStructure(seed: seed)
  }

  /// The layers of `summaries`, one each, with statistics alone: all that images say, without what takes
  /// long.
  public func tallied(_ summaries: [ActivationSummary]) -> [LayerAtlas] {
    precondition(summaries.count == base.layers.count)
    return zip(base.layers, summaries).map { layer, summary in
      var layer = layer
      if summary.imageCount > 0 { layer.statistics = summary.statistics() }
      return layer
    }
  }

  /// The layers of `summaries` with clusters, orders and duplicates as well.
  ///
  /// Neurons and classes of each layer are separate pieces of work, spread over all cores with
  /// the largest first, and stored by index: the result does not depend on how many there are.
  ///
  /// - Returns: Nil when cancelled.
  public func build(
    _ summaries: [ActivationSummary], isCancelled: @escaping @Sendable () -> Bool
  ) -> [LayerAtlas]? {
    let started = tallied(summaries)
    let profiles = started.map { $0.statistics.map(clusteringProfiles) }
    let layers = Mutex(started)
    let structure = structure
    let pieces = Self.pieces(of: profiles)
    let scratch = base.layers
    DispatchQueue.concurrentPerform(iterations: pieces.count) { place in
      let piece = pieces[place]
      guard let rows = profiles[piece.layer], !isCancelled() else { return }
      var layer = scratch[piece.layer]
      if piece.isNeurons {
        structure.addNeurons(of: rows, to: &layer, isCancelled: isCancelled)
        layer.similarity = NeuronComparison().similarity(
          in: summaries[piece.layer].sample, isCancelled: isCancelled)
      } else {
        structure.addClasses(of: rows, to: &layer, isCancelled: isCancelled)
      }
      let found = layer
      layers.withLock { $0[piece.layer].take(found, isNeurons: piece.isNeurons) }
    }
    return isCancelled() ? nil : layers.withLock { $0 }
  }

  /// Neurons or classes of one layer.
  private struct Piece {
    var layer: Int
    var isNeurons: Bool
    /// Distances to compute, as a measure of the work.
    var size: Int
  }

  /// All pieces, the largest first.
  private static func pieces(of profiles: [Matrix?]) -> [Piece] {
    var pieces: [Piece] = []
    for (layer, matrix) in profiles.enumerated() {
      guard let matrix else { continue }
      let (rows, columns) = (matrix.rowCount, matrix.columnCount)
      pieces.append(Piece(layer: layer, isNeurons: true, size: rows * rows * columns))
      pieces.append(Piece(layer: layer, isNeurons: false, size: columns * columns * rows))
    }
    return pieces.sorted {
      if $0.size != $1.size { return $0.size > $1.size }
      return ($0.layer, $0.isNeurons ? 0 : 1) < ($1.layer, $1.isNeurons ? 0 : 1)
    }
  }
}

extension LayerAtlas {
  /// Takes over what one piece of work added to `other`.
  fileprivate mutating func take(_ other: LayerAtlas, isNeurons: Bool) {
    if isNeurons {
      clustering = other.clustering
      clusterOrder = other.clusterOrder
      rowOrder = other.rowOrder
      similarity = other.similarity
    } else {
      columnOrder = other.columnOrder
    }
  }
}
