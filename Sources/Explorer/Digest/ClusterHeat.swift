import Canvas
import Tensors

/// Which small heatmap: a cluster's neurons in so many rows, the classes in so many columns.
struct HeatKey: Hashable, Sendable {
  var layer: Int
  /// Place of the cluster.
  var cluster: Int
  var statistic: Statistic
  var scale: HeatScale
  var usesLabelOrder: Bool
  /// Rows and columns there are room for.
  var room: ScreenSize
}

/// A cluster's neurons × classes, several of each together.
struct ClusterHeat: Sendable {
  /// Places among the cluster's members that share a row.
  let rows: [Range<Int>]
  /// Means of shares of the scale, one a column; see ``HeatPaint``.
  let shares: [[Double]]

  /// - Parameters:
  ///   - paint: How the statistic's values become shares.
  ///   - order: Classes as they are shown.
  /// - Complexity: O(members × classes).
  init(
    _ cluster: ClusterDigest, _ values: Matrix, _ paint: HeatPaint, order: [Int], room: ScreenSize
  ) {
    rows = evenBins(cluster.members.count, into: room.height)
    let bins = evenBins(order.count, into: room.width)
    shares = rows.map {
      paint.shares(values, neurons: cluster.members[$0], order: order, bins: bins)
    }
  }
}

extension ExplorerState {
  mutating func ensureHeat(_ key: HeatKey) {
    guard workings.heats[key] == nil, let digest = ensureFilled(key.layer),
      digest.clusters.indices.contains(key.cluster), let values = digest.values(key.statistic),
      let range = digest.scales[key.statistic]
    else { return }
    let order = digest.classOrder(byLabel: key.usesLabelOrder)
    let paint = HeatPaint(range, key.scale, context.theme)
    workings.keep(
      ClusterHeat(digest.clusters[key.cluster], values, paint, order: order, room: key.room),
      for: key)
  }
}
