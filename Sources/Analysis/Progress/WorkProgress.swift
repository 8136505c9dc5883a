/// How far a clustering or a seriation is.
///
/// Reports come in the order of the stages and, within one, with rising shares. What is reported
/// depends on the input alone, never on time.
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
    /// The search for a shorter order.
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
