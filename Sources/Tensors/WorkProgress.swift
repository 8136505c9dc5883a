/// How far a long computation is.
///
/// Whoever starts one may pass two closures, both called on the computing thread: `isCancelled`,
/// asked every few thousand steps, and `progress`, told what is reached. Reports come in the order
/// of the stages and, within one, with rising shares. What is reported depends on the input alone,
/// never on time.
public struct WorkProgress: Equatable, Sendable {
  /// What is being worked on.
  public enum Stage: Int, Sendable, CaseIterable, Comparable {
    /// Distances between all pairs of rows.
    case distances
    /// The tree of clusters.
    case tree
    /// Candidate clusterings, one after another.
    case clusters
    /// The shortest order that the tree allows.
    case leafOrder
    /// The bound that no order can fall below.
    case bound
    /// The largest scale at which thumbnails fit.
    case scale
    /// Biclusters that cover a weight matrix.
    case cover
    /// Columns of a layer graph.
    case ranks
    /// Orders in which few links cross.
    case crossings
    /// The search for a better result of any kind.
    case search

    public static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
  }

  /// What is being worked on.
  public var stage: Stage
  /// Share of the stage that is done, 0…1.
  public var share: Double

  public init(_ stage: Stage, share: Double) {
    self.stage = stage
    self.share = share
  }
}
