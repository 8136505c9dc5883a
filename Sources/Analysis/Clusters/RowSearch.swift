/// k-means over some rows of a matrix, start by start, so that starts can run side by side.
public struct RowSearch: Sendable {
  /// The rows it is about, as they were given.
  private let chosen: [Int]
  /// Live rows: places in `chosen`, ascending.
  private let live: [Int]
  private let rows: ClusteredRows
  private let search: KMeans

  init(_ prepared: PreparedRows, _ chosen: [Int], into count: Int, seed: UInt64) {
    self.chosen = chosen
    var places = Array(repeating: -1, count: prepared.profiles.rowCount)
    for (place, row) in prepared.profiles.live.enumerated() { places[row] = place }
    live = chosen.indices.filter { places[chosen[$0]] >= 0 }
    let liveRows = live.map { places[chosen[$0]] }
    rows = prepared.rows.selecting(liveRows)
    search = KMeans(
      clusterCount: count, seed: seed, starts: KMeans.suggestedStarts(rowCount: live.count))
  }

  /// Independent starts; none where no row is alive.
  public var startCount: Int { live.isEmpty ? 0 : search.starts }

  /// What one start comes to; no rows when cancelled.
  ///
  /// - Complexity: O(iterations · rows · columns · *k*) at most.
  public func run(start: Int, isCancelled: () -> Bool) -> KMeansPartition {
    search.run(rows, start: start, isCancelled: isCancelled)
  }

  /// The rows in the clusters of the best start, the largest first; those without a live profile
  /// together, as one more.
  public func parts(_ found: [KMeansPartition]) -> [[Int]] {
    let labels = search.best(of: found).labels
    precondition(labels.count == live.count || found.isEmpty)
    var parts = Array(repeating: [Int](), count: (labels.max() ?? -1) + 1)
    var isLive = Array(repeating: false, count: chosen.count)
    for (place, label) in zip(live, labels) {
      parts[label].append(chosen[place])
      isLive[place] = true
    }
    let rest = chosen.indices.filter { !isLive[$0] }.map { chosen[$0] }
    return rest.isEmpty ? parts : parts + [rest]
  }
}
