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

/// A matrix made ready for clustering and ordering its rows again and again: what these compare
/// is worked out once.
public struct PreparedRows: Sendable {
  let measured: MeasuredRows
  /// Live rows in the layouts that clustering needs.
  let rows: ClusteredRows

  /// - Parameters:
  ///   - matrix: Rows × columns, any scale.
  ///   - isCancelled: Asked between steps; true leaves distances out, and what is made of them has
  ///     no meaning.
  /// - Complexity: O(rows² · columns).
  public init(_ matrix: Matrix, isCancelled: () -> Bool = { false }) {
    let profiles = ActivationProfiles(matrix)
    rows = ClusteredRows(searching: profiles, isCancelled: isCancelled)
    measured = MeasuredRows(
      matrix, profiles,
      rows.products.map { SquareDistances($0) }
        ?? .cosine(profiles.unitRows, isCancelled: isCancelled))
  }

  /// What the rows respond to, live rows apart from the others.
  public var profiles: ActivationProfiles { measured.profiles }

  /// Live rows among `chosen` in `count` clusters, by a search that is the same as over a matrix of
  /// the chosen rows alone.
  ///
  /// - Parameter chosen: Rows of the matrix, each at most once.
  public func search(_ chosen: [Int], into count: Int, seed: UInt64) -> RowSearch {
    RowSearch(self, chosen, into: count, seed: seed)
  }

  /// An order of the rows with clusters as a gradient.
  ///
  /// - Parameter labels: Cluster of each row; negative for rows that belong to none.
  public func order(_ labels: [Int], _ seriation: Seriation) -> TwoLevelOrder {
    TwoLevelOrder(measured, labels: labels, seriation)
  }
}
