/// Average linkage over a table of distances, cut where the silhouette is good.
struct TableClustering {
  /// Clusters to make; chosen when nil.
  var clusterCount: Int?
  /// Most clusters considered; never more than half the items.
  var mostClusters = 12
  /// Silhouette given up for more detail.
  var tolerance = 0.02
  /// Chooses the sample that silhouettes of many items rest on.
  var seed: UInt64

  /// Clusters of the items `rows` among `rowCount`; the others are labelled -1.
  ///
  /// - Parameter words: What the distances are, for ``Clustering/method``.
  func cluster(
    _ table: SquareDistances, rows: [Int], of rowCount: Int, words: String,
    isCancelled: () -> Bool
  ) throws(ClusteringError) -> Clustering {
    if let clusterCount, clusterCount < 1 { throw .clusterCount(clusterCount) }
    let tree = try Linkage(method: .average).dendrogram(table, isCancelled: isCancelled)
    let silhouettes = SilhouetteDistances(table, seed: seed)
    let liveLabels: [Int]
    if let clusterCount {
      liveLabels = tree.labels(clusterCount: clusterCount)
    } else {
      liveLabels = try chosenLabels(tree, silhouettes, isCancelled)
    }
    let count = (liveLabels.max() ?? -1) + 1
    var labels = Array(repeating: -1, count: rowCount)
    for (place, row) in rows.enumerated() { labels[row] = liveLabels[place] }
    return Clustering(
      labels: labels, clusterCount: count,
      silhouette: silhouettes.meanSilhouette(liveLabels, clusterCount: count),
      method: "average linkage on \(words), k = \(count)"
        + (clusterCount == nil ? " by silhouette" : ""))
  }

  private func chosenLabels(
    _ tree: Dendrogram, _ silhouettes: SilhouetteDistances, _ isCancelled: () -> Bool
  ) throws(ClusteringError) -> [Int] {
    let whole = tree.labels(clusterCount: 1)
    guard tree.leafCount > 2 else { return whole }
    var found: [(labels: [Int], silhouette: Double)] = []
    for count in 2...max(2, min(mostClusters, tree.leafCount / 2)) {
      if isCancelled() { throw .cancelled }
      let labels = tree.labels(clusterCount: count)
      guard let value = silhouettes.meanSilhouette(labels, clusterCount: count) else { break }
      found.append((labels, value))
    }
    let best = found.map(\.silhouette).max() ?? 0
    return found.last { best > 0 && $0.silhouette >= best - tolerance }?.labels ?? whole
  }
}
