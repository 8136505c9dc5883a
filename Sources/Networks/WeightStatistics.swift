/// Statistics of a layer's kernel weights, bias excluded, as the file stores them.
public struct WeightStatistics: Hashable, Sendable, Codable {
  public var count: Int
  public var minimum: Float
  public var maximum: Float
  public var mean: Double
  public var standardDeviation: Double
  /// Share of weights that are exactly 0.
  public var zeroShare: Double
  public var nonFiniteCount: Int

  public init(
    count: Int, minimum: Float, maximum: Float, mean: Double, standardDeviation: Double,
    zeroShare: Double, nonFiniteCount: Int
  ) {
    self.count = count
    self.minimum = minimum
    self.maximum = maximum
    self.mean = mean
    self.standardDeviation = standardDeviation
    self.zeroShare = zeroShare
    self.nonFiniteCount = nonFiniteCount
  }
}
