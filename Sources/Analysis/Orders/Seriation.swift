import Tensors

/// Orders rows of a matrix so that similar ones are neighbours.
///
/// Distances are cosine distances between live rows; dead and broken rows come last, in their
/// own order. Equal inputs, budgets and seeds give equal orders.
public struct Seriation: Sendable {
  /// Kicks of the iterated search; 0 leaves local search alone. A kick takes 10 to 50 microseconds,
  /// more the more rows there are.
  public var budget: Int
  /// Start of all chance.
  public var seed: UInt64

  public init(budget: Int, seed: UInt64) {
    self.budget = budget
    self.seed = seed
  }

  /// A budget for interactive use: two kicks a row.
  public static func suggestedBudget(rowCount: Int) -> Int { 2 * rowCount }

  /// The shortest path found through all rows: CNNVis' objective.
  ///
  /// - Parameters:
  ///   - matrix: Rows to order × columns, any scale.
  ///   - isCancelled: Asked between steps; true ends early with a valid order.
  ///   - progress: Told how far it is.
  public func path(
    _ matrix: Matrix, isCancelled: () -> Bool = { false },
    progress: (WorkProgress) -> Void = { _ in }
  ) -> SeriationResult {
    let rows = MeasuredRows(matrix, isCancelled: isCancelled, progress: progress)
    let found = ShortestPath(
      rows.distances, budget: budget, seed: seed, isCancelled: isCancelled, progress: progress)
    return rows.result(found.order, lowerBound: found.lowerBound)
  }

  /// Clusters as a gradient, and the shortest path found inside each: the default view.
  ///
  /// - Parameters:
  ///   - matrix: Rows to order × columns, any scale.
  ///   - labels: Cluster of each row; negative for rows that belong to none.
  public func twoLevel(
    _ matrix: Matrix, labels: [Int], isCancelled: () -> Bool = { false },
    progress: (WorkProgress) -> Void = { _ in }
  ) -> (clusterOrder: [Int], rows: SeriationResult) {
    let measured = MeasuredRows(matrix, isCancelled: isCancelled, progress: progress)
    let plan = TwoLevelOrder(measured, labels: labels, self, isCancelled: isCancelled)
    var paths: [[Int]] = []
    for request in plan.requests {
      paths.append(plan.path(request, isCancelled: isCancelled))
      let share = Double(paths.count) / Double(plan.requests.count)
      progress(WorkProgress(.search, share: share))
    }
    let found = plan.joined(paths)
    let bound = measured.lowerBound(isCancelled: isCancelled)
    return (found.clusterOrder, found.rows.with(plan.figures(found, lowerBound: bound)))
  }

  /// The shortest path that the tree of average linkage allows: every cluster at every level
  /// stays whole. No search follows, so ``budget`` and ``seed`` do not matter.
  ///
  /// - Parameters:
  ///   - matrix: Rows to order × columns, any scale.
  ///   - isCancelled: Asked between steps; true ends early with a valid order.
  ///   - progress: Told how far it is.
  /// - Complexity: O(rows³) at worst.
  public func leafOrder(
    _ matrix: Matrix, isCancelled: () -> Bool = { false },
    progress: (WorkProgress) -> Void = { _ in }
  ) -> SeriationResult {
    let rows = MeasuredRows(matrix, isCancelled: isCancelled, progress: progress)
    let distances = rows.distances
    let tree = try? Linkage(method: .average)
      .dendrogram(distances, isCancelled: isCancelled, progress: progress)
    let order =
      tree.map { OptimalLeafOrder.order($0, distances, isCancelled: isCancelled) }
      ?? Array(0..<distances.count)
    progress(WorkProgress(.leafOrder, share: 1))
    return rows.result(order, lowerBound: nil)
  }
}
