import Networks

/// A checkpoint's weights in the place of a graph's: which stored tensor of the graph takes which of
/// the checkpoint's.
///
/// Every parameter of every layer of the graph must find its tensor, and every tensor of the
/// checkpoint must be used, bookkeeping such as `num_batches_tracked` aside. Where an exporter has
/// folded batch normalisation into a convolution, it is folded again.
public struct GraphBinding: Sendable {
  public let graph: ModelFile
  public let checkpoint: Checkpoint
  /// Layer by layer, then other constants.
  public let tensors: [BoundTensor]
  /// What was assumed, one sentence each.
  public let notes: [String]

  /// Binds; reads no weights.
  ///
  /// - Complexity: O(*layers* · *tensors*).
  /// - Throws: ``BindingError/misfit(_:)`` with everything that did not fit.
  public init(graph: ModelFile, checkpoint: Checkpoint) throws(BindingError) {
    var matcher = LayerMatcher(graph, checkpoint)
    matcher.match()
    guard matcher.misfits.isEmpty else { throw .misfit(matcher.misfits) }
    self.graph = graph
    self.checkpoint = checkpoint
    tensors = matcher.bound
    notes = matcher.notes
  }

  /// The checkpoint's own weight tensor of a layer, before anything is folded into it.
  public func weight(of layer: LayerID) -> CheckpointTensor? {
    for bound in tensors where bound.layer == layer {
      switch bound.recipe {
      case .scaled(let tensor, _, _), .swapped(let tensor): return tensor
      case .copy(let tensor) where tensor.shape.count > 1: return tensor
      case .copy, .shifted: continue
      }
    }
    return nil
  }
}
