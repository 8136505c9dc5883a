import Atlases
import Networks

/// What `query` finds: layers and classes by part of their name, `layer:42` a neuron,
/// `layer:B` a cluster. Letter case does not matter. Exact names come first.
///
/// - Parameter limit: Most hits returned.
/// - Complexity: O(layers + classes), and O(clusters) of the layers before a colon.
func searchHits(_ query: String, in state: ExplorerState, limit: Int = 200) -> [SearchHit] {
  let text = query.lowercased()
  guard !text.isEmpty else { return [] }
  var hits = addressHits(text, state)
  hits += named(text, state.atlas.network.layers.map(\.name)).map { index in
    let layer = state.atlas.network.layers[index]
    return SearchHit(
      target: .layer(index), address: layer.name, kind: "layer of \(layer.neuronCount)")
  }
  hits += named(text, state.classNames).map { index in
    SearchHit(target: .classIndex(index), address: state.className(index), kind: "class")
  }
  return Array(hits.prefix(limit))
}

/// Indices of names that contain `text`; whole names first, then by index.
private func named(_ text: String, _ names: [String]) -> [Int] {
  let lowered = names.map { $0.lowercased() }
  let whole = lowered.indices.filter { lowered[$0] == text }
  let rest = lowered.indices.filter { lowered[$0] != text && lowered[$0].contains(text) }
  return whole + rest
}

private func addressHits(_ text: String, _ state: ExplorerState) -> [SearchHit] {
  guard let colon = text.lastIndex(of: ":") else { return [] }
  let name = String(text[..<colon])
  let part = String(text[text.index(after: colon)...])
  let layers = state.atlas.network.layers
  return named(name, layers.map(\.name)).prefix(40).flatMap { index -> [SearchHit] in
    let layer = layers[index]
    if let neuron = Int(part) {
      guard (0..<layer.neuronCount).contains(neuron) else { return [] }
      return [
        SearchHit(
          target: .neuron(layer: index, neuron: neuron), address: "\(layer.name):\(neuron)",
          kind: "neuron")
      ]
    }
    return clusterHits(part, index, state)
  }
}

private func clusterHits(_ part: String, _ index: Int, _ state: ExplorerState) -> [SearchHit] {
  let digest = LayerDigest(index, in: state.atlas)
  return digest.clusters.enumerated().compactMap { place, cluster in
    guard part.isEmpty || cluster.letter.lowercased() == part, !cluster.members.isEmpty else {
      return nil
    }
    return SearchHit(
      target: .cluster(layer: index, place: place),
      address: "\(state.atlas.network.layers[index].name):\(cluster.letter)",
      kind: "cluster of \(cluster.members.count)")
  }
}
