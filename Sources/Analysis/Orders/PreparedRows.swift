import Tensors

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

  /// A length that no order of the live rows falls below, however they are clustered.
  ///
  /// - Complexity: about that of a path search without kicks.
  public func lowerBound() -> Double { measured.lowerBound() }

  /// Live rows among `chosen` in `count` clusters, by a search that is the same as over a matrix of
  /// the chosen rows alone.
  ///
  /// - Parameter chosen: Rows of the matrix, each at most once.
  public func search(_ chosen: [Int], into count: Int, seed: UInt64) -> RowSearch {
    RowSearch(self, chosen, into: count, seed: seed)
  }

  /// An order of the rows with clusters as a gradient.
  ///
  /// - Parameters:
  ///   - labels: Cluster of each row; negative for rows that belong to none.
  ///   - isCancelled: Asked while many clusters are arranged; true leaves them as they then are.
  public func order(
    _ labels: [Int], _ seriation: Seriation, isCancelled: () -> Bool = { false }
  ) -> TwoLevelOrder {
    TwoLevelOrder(measured, labels: labels, seriation, isCancelled: isCancelled)
  }
}
