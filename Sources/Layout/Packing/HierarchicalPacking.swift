import Tensors

/// Packs thumbnails so that clusters stay whole, similar clusters and similar members of one are
/// neighbours, and all are as large as the canvas allows.
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

  /// A packing that keeps the row of clusters; up to four small clusters stand in the best of all
  /// rows.
  public init() {}

  /// Places what fits.
  ///
  /// - Parameters:
  ///   - isCancelled: Asked between steps; true ends with the best found.
  ///   - progress: Told how far it is.
  /// - Complexity: about 15 + improvements times O(groups³ · (width + height)), and some 60
  ///   strip packings of every group for each of 15 scales.
  public func pack(
    _ problem: PackingProblem, isCancelled: () -> Bool = { false },
    progress: (WorkProgress) -> Void = { _ in }
  ) -> PackedFeatures {
    var search = start(problem, isCancelled)
    search.growScale(isCancelled, progress)
    var random = SeededGenerator(seed: seed)
    search.reorder(attempts: improvements, using: &random, isCancelled, progress)
    return PackedFeatures(search.squares(), scale: search.scale, problem)
  }

  /// Places what `previous` shows once more, for a changed canvas or changed importances: whatever
  /// was left of, right of, above or below something else still is, and as long as they fit
  /// thumbnails keep their scale and their places.
  ///
  /// Packs anew when other items are to be shown than before, when clusters have changed, or when
  /// the old arrangement doesn't fit. Density may fall behind that of ``pack(_:isCancelled:progress:)``
  /// after many changes; whoever minds compares the two.
  ///
  /// - Complexity: O(clusters² + members² of each cluster) for each of 15 scales.
  public func pack(
    _ problem: PackingProblem, keeping previous: PackedFeatures,
    isCancelled: () -> Bool = { false }, progress: (WorkProgress) -> Void = { _ in }
  ) -> PackedFeatures {
    let all = PackingScale(problem)
    let shown =
      previous.squares.count == all.itemCount ? all : start(problem, isCancelled).shown
    guard let kept = KeptArrangement(shown, previous, problem), let scale = kept.scale() else {
      return pack(problem, isCancelled: isCancelled, progress: progress)
    }
    progress(WorkProgress(.scale, share: 1))
    return PackedFeatures(kept.squares(scale), scale: scale, problem)
  }

  private func start(_ problem: PackingProblem, _ isCancelled: () -> Bool) -> PackingSearch {
    let all = PackingScale(problem)
    var search = PackingSearch(
      problem.width / all.grid, problem.height / all.grid, all, mostShift: max(0, mostShift))
    search.chooseShown(isCancelled)
    return search
  }
}

extension PackedFeatures {
  /// Squares by group, and how well they fill the canvas.
  init(_ squares: [PackedSquare], scale: Double, _ problem: PackingProblem) {
    let area = squares.reduce(0) { $0 + $1.side * $1.side }
    let canvas = Double(max(1, problem.width)) * Double(max(1, problem.height))
    let total = problem.groups.reduce(0) { $0 + $1.count }
    let legible = squares.count { $0.side >= max(Self.legibleSide, problem.smallestSide) }
    self.init(
      squares: squares, scale: scale, density: Double(area) / canvas,
      legibleShare: total == 0 ? 1 : Double(legible) / Double(total),
      hidden: total - squares.count)
  }
}
