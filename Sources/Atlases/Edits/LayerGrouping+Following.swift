import Analysis

extension LayerGrouping {
  /// The same arrangement for a clustering of the same neurons that rests on more images: those
  /// that came alive join the cluster that holds most of their new companions, those that are
  /// dead now leave.
  public func following(_ clustering: Clustering) -> LayerGrouping {
    let labels = clustering.labels
    guard labels.count == neuronCount else { return self }
    let isDead = labels.map { $0 < 0 }
    guard dead != labels.indices.filter({ isDead[$0] }) else { return self }
    var result = clusters
    for place in result.indices { result[place].members.removeAll { isDead[$0] } }
    for neuron in dead where !isDead[neuron] {
      let companions = Set(clustering.members(of: labels[neuron]))
      let shared = result.map { $0.members.count(where: companions.contains) }
      let most = shared.max() ?? 0
      if most > 0, let place = shared.firstIndex(of: most) {
        result[place].members.append(neuron)
      } else {
        result.append(Cluster(members: [neuron]))
      }
    }
    return with(result, dead: labels.indices.filter { isDead[$0] })
  }
}
