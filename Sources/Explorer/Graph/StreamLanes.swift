/// A lane beside the panes: what its sources put on it, every later target on it takes off.
///
/// A residual stream or a dense block is one lane: each layer adds to it, and each layer behind
/// reads all that was added before.
struct StreamLane: Hashable, Sendable {
  /// Nodes, by rank.
  var sources: [Int]
  var targets: [Int]
  /// First and last gutter it runs through; a gutter has the rank of the column before it.
  var first: Int
  var last: Int
  /// Place among the lanes, 0 nearest the panes; lanes that meet have different ones.
  var row = 0
}

/// Lanes for the edges that skip columns, as few as show no connection that isn't there.
///
/// A source joins the latest lane on which every source has an edge to every target behind it,
/// neighbouring columns included; so lanes say exactly what the edges say.
///
/// - Parameters:
///   - ranks: Column of each node.
///   - edges: Sorted by source, then target.
/// - Complexity: O(lanes · sources · targets) look-ups.
func streamLanes(_ edges: [PaneEdge], ranks: [Int]) -> [StreamLane] {
  let known = Set(edges)
  var far: [Int: [Int]] = [:]
  for edge in edges where ranks[edge.target] > ranks[edge.source] + 1 {
    far[edge.source, default: []].append(edge.target)
  }
  var lanes: [StreamLane] = []
  for source in far.keys.sorted(by: { (ranks[$0], $0) < (ranks[$1], $1) }) {
    let targets = far[source] ?? []
    let place = lanes.indices.reversed().first {
      isExact(lanes[$0].sources + [source], Set(lanes[$0].targets + targets), ranks, known)
    }
    if let place {
      lanes[place].sources.append(source)
      lanes[place].targets = Set(lanes[place].targets + targets).sorted {
        (ranks[$0], $0) < (ranks[$1], $1)
      }
    } else {
      lanes.append(StreamLane(sources: [source], targets: targets, first: 0, last: 0))
    }
  }
  return stacked(lanes, ranks)
}

private func isExact(
  _ sources: [Int], _ targets: Set<Int>, _ ranks: [Int], _ known: Set<PaneEdge>
) -> Bool {
  sources.allSatisfy { source in
    targets.allSatisfy {
      ranks[$0] <= ranks[source] || known.contains(PaneEdge(source: source, target: $0))
    }
  }
}

/// With extents, and rows such that lanes that meet have different ones.
private func stacked(_ lanes: [StreamLane], _ ranks: [Int]) -> [StreamLane] {
  var ends: [Int] = []
  return lanes.map { lane in
    var lane = lane
    lane.first = lane.sources.map { ranks[$0] }.min() ?? 0
    lane.last = (lane.targets.map { ranks[$0] }.max() ?? 1) - 1
    lane.row = ends.firstIndex { $0 < lane.first } ?? ends.count
    if lane.row == ends.count { ends.append(lane.last) } else { ends[lane.row] = lane.last }
    return lane
  }
}
