import Analysis
import Networks
import Tensors

/// What is known of one representative layer. Parts are nil until they were computed.
public struct LayerAtlas: Equatable, Sendable {
  public var layer: LayerID
  public var statistics: ActivationStatistics?
  /// Neurons that respond alike.
  public var similarity: NeuronSimilarity?
  public var clustering: Clustering?
  /// Clusters in display order: their indices, dead group (-1) last when there is one.
  public var clusterOrder: [Int]
  /// Neurons in display order: clusters contiguous in `clusterOrder`.
  public var rowOrder: SeriationResult?
  /// The layer's own order of the classes.
  public var columnOrder: SeriationResult?
  /// Kernels with batch normalisation folded in; nil when too large to keep.
  public var kernel: KernelStack?
  /// One an incoming edge from a layer; parallel routes are summed.
  public var connections: [Connection]
  public var weightStatistics: WeightStatistics?
  /// The clusters as a person arranged them, which `clustering` then follows; nil while they
  /// stand as computed.
  public var grouping: LayerGrouping?
  /// What each cluster is called, as a place in ``clusterLetter(_:)``, one a label; nil where display
  /// order decides. Lets clusters keep their letters from one checkpoint to the next.
  public var letters: [Int]?
  /// What switching clusters and neurons off does; nil until some were.
  public var contributions: LayerContributions?

  public init(
    layer: LayerID, statistics: ActivationStatistics? = nil,
    similarity: NeuronSimilarity? = nil, clustering: Clustering? = nil,
    clusterOrder: [Int] = [], rowOrder: SeriationResult? = nil,
    columnOrder: SeriationResult? = nil, kernel: KernelStack? = nil,
    connections: [Connection] = [], weightStatistics: WeightStatistics? = nil,
    contributions: LayerContributions? = nil
  ) {
    self.layer = layer
    self.statistics = statistics
    self.similarity = similarity
    self.clustering = clustering
    self.clusterOrder = clusterOrder
    self.rowOrder = rowOrder
    self.columnOrder = columnOrder
    self.kernel = kernel
    self.connections = connections
    self.weightStatistics = weightStatistics
    self.contributions = contributions
  }
}

/// A layer's kernels: `shape` is neurons × input channels × height × width (1 × 1 for dense).
public struct KernelStack: Equatable, Sendable {
  public var shape: [Int]
  /// Row-major.
  public var values: [Float]

  public init(shape: [Int], values: [Float]) {
    self.shape = shape
    self.values = values
  }
}

/// Signed strength between neurons of two layers: the sum over positions of the kernel that
/// leads from one to the other, batch normalisation folded in.
public struct Connection: Equatable, Sendable {
  public var source: LayerEndpoint
  /// Neurons × source channels.
  public var strength: Matrix
  /// Structural operators between the two.
  public var through: [String]
  /// What the images make of it; nil until that was measured.
  public var influence: ConnectionInfluence?

  public init(
    source: LayerEndpoint, strength: Matrix, through: [String],
    influence: ConnectionInfluence? = nil
  ) {
    self.source = source
    self.strength = strength
    self.through = through
    self.influence = influence
  }
}
