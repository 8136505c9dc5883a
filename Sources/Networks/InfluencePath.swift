/// Where the channels of one layer can be seen as another layer receives them, so that the
/// influence of each channel on each neuron can be measured.
public struct InfluencePath: Hashable, Sendable {
  /// What a channel of the source is as the target receives it.
  public enum Basis: String, Hashable, Sendable, Codable {
    /// The target's own input channel: nothing else arrives there.
    case input
    /// Sums of several layers arrive, or a product with a gate. The source's own part: its output,
    /// kept where rectifiers and maximum pools on the way let the sum pass, and multiplied, cut and
    /// averaged as the sum is. The parts of all that is added, constants included, make up the
    /// target's input.
    case ownPart
  }

  /// How the target's weights meet the maps.
  public enum Reading: Hashable, Sendable {
    /// The kernel moves over the map; a dense layer at every position has one of 1 × 1.
    case moving
    /// A dense layer reads all of a flattened tensor: a convolution that has one position.
    case units
  }

  /// What happens to the source's part of a tensor on the way to the target.
  public enum Step: Hashable, Sendable {
    /// Only where this tensor, of the same lengths, is positive the part passes.
    case gate(tensor: String)
    /// One factor a channel.
    case scale([Float])
    /// Only these rows (axis 0) or columns (axis 1) go on, in this order.
    case select(axis: Int, indices: [Int])
    /// Channels of nothing are put before and behind.
    case widen(before: Int, after: Int)
    /// Only the mean over the positions goes on.
    case average
    /// Multiplied with this tensor: of each axis it has the same length, or one value for all of it.
    case multiply(tensor: String)
    /// At each position of a pool, only what stands where this tensor has its first maximum.
    case pick(tensor: String, PoolWindow)
    /// At each position of a pool, the mean of what it covers; whether padding counts as zeros.
    case mean(PoolWindow, countsPadding: Bool)
  }

  /// Where the channels come from.
  public var source: LayerID
  /// Whose neurons they drive.
  public var target: LayerID
  /// What is taken for a channel.
  public var basis: Basis
  /// How the target reads its input.
  public var reading: Reading
  /// The tensor that holds the maps. A quantised one holds `(stored − zeroPoint) · scale`.
  public var tensor: String
  public var scale: Float
  public var zeroPoint: Float
  /// The axis along which its channels, or units, lie.
  public var channelAxis: Int
  /// From the tensor to the target's input, in order.
  public var steps: [Step]
  /// Channels of the source → channels, or units, of the target's input.
  public var routes: [ChannelRoute]

  public init(
    source: LayerID, target: LayerID, basis: Basis, reading: Reading, tensor: String,
    scale: Float = 1, zeroPoint: Float = 0, channelAxis: Int, steps: [Step] = [],
    routes: [ChannelRoute]
  ) {
    self.source = source
    self.target = target
    self.basis = basis
    self.reading = reading
    self.tensor = tensor
    self.scale = scale
    self.zeroPoint = zeroPoint
    self.channelAxis = channelAxis
    self.steps = steps
    self.routes = routes
  }
}
