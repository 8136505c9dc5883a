import Tensors

/// Rows of a matrix and the distances between them.
struct MeasuredRows: Sendable {
  /// Rows × columns, any scale.
  let matrix: Matrix
  let profiles: ActivationProfiles
  /// Cosine distances between live rows.
  let distances: SquareDistances

  /// - Complexity: O(rows² · columns).
  init(
    _ matrix: Matrix, isCancelled: () -> Bool, progress: (WorkProgress) -> Void = { _ in }
  ) {
    let profiles = ActivationProfiles(matrix)
    self.init(
      matrix, profiles,
      .cosine(profiles.unitRows, isCancelled: isCancelled, progress: progress))
  }

  init(_ matrix: Matrix, _ profiles: ActivationProfiles, _ distances: SquareDistances) {
    self.matrix = matrix
    self.profiles = profiles
    self.distances = distances
  }

  /// A length that no order of the live rows falls below, however they are clustered.
  func lowerBound(isCancelled: () -> Bool = { false }) -> Double {
    ShortestPath.lowerBound(distances, isCancelled: isCancelled)
  }

  /// Places the live rows, stronger end first, and the others behind them.
  ///
  /// - Parameter live: Places among the live rows, in order.
  func result(_ live: [Int], lowerBound: Double?) -> SeriationResult {
    var result = result(live)
    result.lowerBound = lowerBound
    result.antiRobinson = antiRobinson(result.order)
    return result
  }

  /// Share of triples of live rows that break the gradient.
  func antiRobinson(_ order: Permutation) -> Double? {
    var places = Array(repeating: 0, count: profiles.rowCount)
    for (place, row) in profiles.live.enumerated() { places[row] = place }
    return antiRobinsonShare(
      order.order.prefix(profiles.live.count).map { places[$0] }, distances)
  }

  /// The same without figures that take long.
  func result(_ live: [Int]) -> SeriationResult {
    var live = live
    if let first = live.first, let last = live.last, first != last {
      let (head, tail) = (strength(profiles.live[first]), strength(profiles.live[last]))
      if head < tail || head == tail && first > last { live.reverse() }
    }
    let order =
      live.map { profiles.live[$0] } + (profiles.dead + profiles.nonFinite).sorted()
    return SeriationResult(
      order: Permutation(order) ?? Permutation(identity: matrix.rowCount),
      pathLength: distances.pathLength(live), lowerBound: nil)
  }

  private func strength(_ row: Int) -> Double {
    matrix.row(row).reduce(0.0) { $0 + Double($1) }
  }
}
