import Atlases
import Networks

/// Neurons named by addresses: `conv1:3`, `conv1:1,4-9`, a cluster `layer2.0.conv1:B`, or a whole
/// layer `conv1`. Layers are named whole or by the only part that fits; letter case does not
/// matter. Addresses of one layer are joined.
///
/// - Returns: In order of layers, each once, neurons ascending.
/// - Complexity: O(addresses × (layers + neurons × classes)).
package func neurons(
  at addresses: [String], in atlas: Atlas
) throws(ViewRequestError) -> [LayerNeurons] {
  var found: [Int: Set<Int>] = [:]
  for address in addresses {
    let (layer, neurons) = try neurons(at: address, in: atlas)
    found[layer, default: []].formUnion(neurons)
  }
  return found.keys.sorted().map { layer in
    LayerNeurons(layer: LayerID(layer), neurons: (found[layer] ?? []).sorted())
  }
}

/// Whether an address names a cluster, so that it means nothing before neurons are clustered.
package func namesCluster(_ address: String) -> Bool {
  guard let colon = address.lastIndex(of: ":") else { return false }
  return address[address.index(after: colon)...].contains(where: \.isLetter)
}

private func neurons(
  at address: String, in atlas: Atlas
) throws(ViewRequestError) -> (layer: Int, neurons: [Int]) {
  let colon = address.lastIndex(of: ":")
  let layer = try atlas.network.layer(called: String(address[..<(colon ?? address.endIndex)]))
  let count = atlas.network.layers[layer].neuronCount
  guard let colon else { return (layer, Array(0..<count)) }
  let part = String(address[address.index(after: colon)...])
  guard !namesCluster(address) else {
    let clusters = LayerDigest(layer, in: atlas).clusters
    guard let cluster = clusters.first(where: { $0.letter.lowercased() == part.lowercased() })
    else { throw .noCluster(address, known: clusters.map(\.letter)) }
    return (layer, cluster.members)
  }
  var neurons: [Int] = []
  for item in part.split(separator: ",", omittingEmptySubsequences: false) {
    let ends = item.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = ends.first.flatMap({ Int($0) }), let last = ends.last.flatMap({ Int($0) }),
      first <= last, first >= 0, last < count
    else { throw .noNeuron(address, count: count) }
    neurons += first...last
  }
  return (layer, neurons)
}

extension Network {
  /// The layer of that name, else the only one whose name holds it.
  func layer(called name: String) throws(ViewRequestError) -> Int {
    let names = layers.map(\.name)
    if let exact = names.firstIndex(of: name) { return exact }
    let text = name.lowercased()
    let near = names.indices.filter { names[$0].lowercased().contains(text) }
    guard near.count == 1 else {
      throw .noLayer(name, known: near.isEmpty ? names : near.map { names[$0] })
    }
    return near[0]
  }
}
