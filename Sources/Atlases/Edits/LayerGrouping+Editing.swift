extension LayerGrouping {
  /// Live `neurons` together in the cluster at `place`, or in a new one behind the others.
  ///
  /// - Complexity: O(neurons of the layer).
  public func moving(_ neurons: Set<Int>, to place: Int?) -> LayerGrouping {
    let moved = neurons.subtracting(dead)
    guard !moved.isEmpty else { return self }
    var result = clusters
    for index in result.indices { result[index].members.removeAll(where: moved.contains) }
    if let place, result.indices.contains(place) {
      result[place].members += moved.sorted()
    } else {
      result.append(Cluster(members: moved.sorted()))
    }
    return with(result)
  }

  /// The clusters at `places` as one, where the first of them was, with its name and notes.
  public func merging(_ places: [Int]) -> LayerGrouping {
    let sources = Set(places).filter(clusters.indices.contains).sorted()
    guard let first = sources.first, sources.count > 1 else { return self }
    var result = clusters
    for place in sources.dropFirst() {
      result[first].members += result[place].members
      result[place].members = []
    }
    result[first].isPinned = sources.contains { clusters[$0].isPinned }
    return with(result)
  }

  /// The neurons of `parts` apart, each part a cluster, where their clusters were; all other
  /// neurons stay where they are. The largest part keeps name and notes of a cluster that is
  /// split whole.
  public func splitting(_ place: Int, into parts: [[Int]]) -> LayerGrouping {
    guard clusters.indices.contains(place) else { return self }
    var old = clusters[place]
    let split = Set(parts.flatMap(\.self))
    let rest = old.members.filter { !split.contains($0) }
    let pieces = ([rest] + parts).filter { !$0.isEmpty }
    guard pieces.count > 1, split.isSubset(of: old.members) else { return self }
    let largest = pieces.indices.max { (pieces[$0].count, $1) < (pieces[$1].count, $0) } ?? 0
    old.isPinned = false
    var made = pieces.map { Cluster(members: $0) }
    old.members = pieces[largest]
    made[largest] = old
    return with(clusters[..<place] + made + clusters[(place + 1)...])
  }

  /// Pinned clusters as they are, then `parts` in place of all others.
  public func regrouping(into parts: [[Int]]) -> LayerGrouping {
    let free = Set(clusters.filter { !$0.isPinned }.flatMap(\.members))
    guard Set(parts.flatMap(\.self)) == free else { return self }
    return with(clusters.filter(\.isPinned) + parts.map { Cluster(members: $0) })
  }

  /// The cluster at `place` under another name; an empty one takes the name away.
  public func renaming(_ place: Int, to name: String) -> LayerGrouping {
    changing(place) { $0.name = name.isEmpty ? nil : name }
  }

  /// The cluster at `place` with this note; an empty one takes it away.
  public func noting(_ text: String, onCluster place: Int) -> LayerGrouping {
    changing(place) { $0.note = text.isEmpty ? nil : text }
  }

  /// The cluster at `place` pinned, or free again.
  public func pinning(_ place: Int, _ isPinned: Bool) -> LayerGrouping {
    changing(place) { $0.isPinned = isPinned }
  }

  private func changing(_ place: Int, _ change: (inout Cluster) -> Void) -> LayerGrouping {
    guard clusters.indices.contains(place) else { return self }
    var result = clusters
    change(&result[place])
    return with(result)
  }
}
