extension ExplorerState {
  /// Drops whatever was worked out from the clusters of these layers, or of all when nil; what
  /// the screen needs of it is worked out anew. Everything that names clusters by their place
  /// goes, or it would show one cluster as another.
  mutating func forget(_ layers: Set<Int>? = nil) {
    func isForgotten(_ layer: Int) -> Bool { layers?.contains(layer) ?? true }
    func isForgotten(_ key: GutterKey) -> Bool {
      isForgotten(key.source) || isForgotten(key.target)
    }
    digests = digests.filter { !isForgotten($0.key) }
    packings = packings.filter { !isForgotten($0.key.layer) }
    gutters = gutters.filter { !isForgotten($0.key) }
    bundles = bundles.filter { !isForgotten($0.key.gutter) }
    pairDigest = nil
    classPath = nil
    findings = nil
  }
}
