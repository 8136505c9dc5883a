/// Which channels of a source arrive at which inputs of a target.
///
/// Channel `sourceStart + i · sourceStep` of the source, for *i* in `0..<count`, arrives at the
/// inputs `targetStart + i · targetStep + p · positionStep`, for *p* in `0..<spatialCount`.
/// Inputs are input channels of a convolution or input units of a dense layer.
public struct ChannelRoute: Hashable, Sendable, Codable {
  public var sourceStart: Int
  public var targetStart: Int
  public var count: Int
  /// Input units per channel after flattening; 1 where nothing was flattened.
  public var spatialCount: Int
  /// True when flattened channels-last: the channels of one position are neighbours.
  public var isChannelLast: Bool
  /// Distance of neighbouring channels in the source; not 1 where only every *n*-th is taken.
  public var sourceStep: Int
  /// Distance of the inputs of neighbouring channels.
  public var targetStep: Int
  /// Distance of the inputs of neighbouring positions of one channel.
  public var positionStep: Int

  /// Steps left out are those of plain flattening: `spatialCount` neighbouring inputs a
  /// channel, or `count` neighbouring inputs a position when channels come last.
  public init(
    sourceStart: Int, targetStart: Int, count: Int, spatialCount: Int = 1,
    isChannelLast: Bool = false, sourceStep: Int = 1, targetStep: Int? = nil,
    positionStep: Int? = nil
  ) {
    self.sourceStart = sourceStart
    self.targetStart = targetStart
    self.count = count
    self.spatialCount = spatialCount
    self.isChannelLast = isChannelLast
    self.sourceStep = sourceStep
    self.targetStep = targetStep ?? (isChannelLast ? 1 : spatialCount)
    self.positionStep = positionStep ?? (isChannelLast ? count : 1)
  }
}

extension ChannelRoute {
  /// Every channel of the source with every input that it arrives at, in order.
  public func forEachArrival(_ body: (_ source: Int, _ target: Int) -> Void) {
    for channel in 0..<max(0, count) {
      for position in 0..<max(0, spatialCount) {
        body(
          sourceStart + channel * sourceStep,
          targetStart + channel * targetStep + position * positionStep)
      }
    }
  }
}
