import Analysis
import Atlases
import Dispatch
import Networks
import Synchronization

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

  /// The atlas of `summaries`, one a layer; layers are built on all cores and stored by index,
  /// so the result does not depend on how many there are.
  ///
  /// - Returns: Nil when cancelled.
  public func build(
    _ summaries: [ActivationSummary], isCancelled: @escaping @Sendable () -> Bool
  ) -> [LayerAtlas]? {
    precondition(summaries.count == base.layers.count)
    let layers = Mutex(base.layers)
    let structure = structure
    let base = base.layers
    DispatchQueue.concurrentPerform(iterations: summaries.count) { index in
      guard summaries[index].imageCount > 0, !isCancelled() else { return }
      var layer = structure.structured(
        base[index], summaries[index].statistics(), isCancelled: isCancelled)
      layer.similarity = NeuronComparison().similarity(
        in: summaries[index].sample, isCancelled: isCancelled)
      layers.withLock { [layer] in $0[index] = layer }
    }
    return isCancelled() ? nil : layers.withLock { $0 }
  }
}
