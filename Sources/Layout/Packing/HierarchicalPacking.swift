import Tensors

/// Packs thumbnails so that clusters stay whole, similar clusters are neighbours, and all are as
/// large as the canvas allows.
///
/// The idea of packing features by a hierarchy is CNNVis' (M. Liu et al., "Towards Better
/// Analysis of Deep Convolutional Neural Networks", TVCG 23(1), 2017). Ours: each cluster is
/// packed for many widths, and the resulting shape curves are combined over *all* ways to cut
/// the row of clusters. Equal problems give equal packings; a changed importance keeps the row.
public struct HierarchicalPacking: Sendable {
  /// Changes to the row of clusters tried to make thumbnails larger; 0 keeps the row.
  public var improvements = 0
  /// Start of all chance.
  public var seed: UInt64 = 0
  /// Places that a cluster may move away from its own in the row.
  public var mostShift = 3

  /// A packing that keeps the row of clusters.
  public init() {}

  /// Places what fits.
  ///
  /// - Parameter isCancelled: Asked between steps; true ends with the best found.
  /// - Complexity: about 15 + improvements times O(groups³ · (width + height)), and some 60
  ///   strip packings of every group for each of 15 scales.
  public func pack(
    _ problem: PackingProblem, isCancelled: () -> Bool = { false }
  ) -> PackedFeatures {
    let all = PackingScale(problem)
    var search = PackingSearch(
      problem.width / all.grid, problem.height / all.grid, all, mostShift: max(0, mostShift))
    search.chooseShown()
    search.growScale()
    var random = SeededGenerator(seed: seed)
    search.reorder(attempts: improvements, using: &random, isCancelled: isCancelled)
    return features(problem, search)
  }

  private func features(_ problem: PackingProblem, _ search: PackingSearch) -> PackedFeatures {
    let squares = search.squares()
    let area = squares.reduce(0) { $0 + $1.side * $1.side }
    let canvas = Double(max(1, problem.width)) * Double(max(1, problem.height))
    let total = problem.groups.reduce(0) { $0 + $1.count }
    let legible = squares.count { $0.side >= max(8, problem.smallestSide) }
    return PackedFeatures(
      squares: squares, scale: search.scale, density: Double(area) / canvas,
      legibleShare: total == 0 ? 1 : Double(legible) / Double(total),
      hidden: total - squares.count)
  }
}
