import Tensors

/// An order of neurons or classes and how good it is.
public struct SeriationResult: Equatable, Sendable {
  public var order: Permutation
  /// Sum of cosine distances between neighbours that are alive.
  public var pathLength: Double
  /// No order can be shorter than this; nil when no bound was computed.
  public var lowerBound: Double?
  /// Share of triples that break the gradient: 0 is a perfect gradient, about 0.5 is chance; nil
  /// for fewer than three live rows or when it was not counted.
  public var antiRobinson: Double?

  public init(
    order: Permutation, pathLength: Double, lowerBound: Double?, antiRobinson: Double? = nil
  ) {
    self.order = order
    self.pathLength = pathLength
    self.lowerBound = lowerBound
    self.antiRobinson = antiRobinson
  }

  /// The same order with its figures.
  public func with(_ figures: TwoLevelOrder.Figures) -> SeriationResult {
    SeriationResult(
      order: order, pathLength: pathLength, lowerBound: figures.lowerBound,
      antiRobinson: figures.antiRobinson)
  }

  /// How far above the bound, as a share: 0.02 is "within 2 % of optimal".
  public var gap: Double? {
    guard let lowerBound, lowerBound > 0 else { return nil }
    return pathLength / lowerBound - 1
  }
}
