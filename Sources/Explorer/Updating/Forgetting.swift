extension ExplorerState {
  /// Drops whatever was worked out from the clusters of these layers, or of all when nil; what
  /// the screen needs of it is worked out anew.
  mutating func forget(_ layers: Set<Int>? = nil) {
    workings.forget(layers)
    scores = scores.filter { !(layers?.contains($0.key.layer) ?? true) }
    classPath = nil
  }

  /// Makes the digest of a layer anew after its clusters changed; pictures of clusters that stay
  /// the same stay.
  mutating func renewClusters(of layer: Int) {
    let before = workings.digests[layer]
    let packings = workings.packings.filter { $0.key.layer == layer }
    forget([layer])
    guard let before, before.isFilled, let after = ensureFilled(layer) else { return }
    workings.carryOver(packings, from: before, to: after)
  }
}
