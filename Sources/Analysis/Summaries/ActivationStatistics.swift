import Tensors

/// What a layer's neurons respond to, over the images seen so far; derived from an
/// `ActivationSummary` and meant for reading.
///
/// "Spatial mean" and "spatial max" are over one image's output map; the statistics below
/// are over images.
public struct ActivationStatistics: Equatable, Sendable {
  public var imageCount: Int
  /// Images seen of each class.
  public var classCounts: [Int]
  /// Mean of the spatial mean; neurons × classes.
  public var meanOfMean: Matrix
  /// Mean of the spatial max; neurons × classes.
  public var meanOfMax: Matrix
  /// Mean of the squared spatial mean; neurons × classes.
  public var secondMomentOfMean: Matrix
  /// Mean of the squared spatial max; neurons × classes.
  public var secondMomentOfMax: Matrix
  /// Share of images in which the neuron's spatial max exceeds 0; neurons × classes.
  public var firingShare: Matrix
  /// Up to nine strongest patches of each neuron, best first, at most one an image.
  public var topPatches: [[TopPatch]]
  /// Strongest image of each class, nil where none was seen; neurons × classes, row-major.
  public var classBest: [TopPatch?]
  public var health: [NeuronHealth]

  public init(
    imageCount: Int, classCounts: [Int], meanOfMean: Matrix, meanOfMax: Matrix,
    secondMomentOfMean: Matrix, secondMomentOfMax: Matrix, firingShare: Matrix,
    topPatches: [[TopPatch]], classBest: [TopPatch?], health: [NeuronHealth]
  ) {
    self.imageCount = imageCount
    self.classCounts = classCounts
    self.meanOfMean = meanOfMean
    self.meanOfMax = meanOfMax
    self.secondMomentOfMean = secondMomentOfMean
    self.secondMomentOfMax = secondMomentOfMax
    self.firingShare = firingShare
    self.topPatches = topPatches
    self.classBest = classBest
    self.health = health
  }

  /// Rows and columns of the matrices.
  public var neuronCount: Int { meanOfMean.rowCount }
  public var classCount: Int { meanOfMean.columnCount }
}

/// Flags of one neuron over the images seen.
public struct NeuronHealth: Hashable, Sendable, Codable {
  /// Never above 0 anywhere in any image (for layers without activation: never varies).
  public var isDead: Bool
  /// At its upper bound in every image (bounded activations), or firing at every image with
  /// no variation.
  public var isSaturated: Bool
  /// Images in which a value was NaN or infinite.
  public var nonFiniteCount: Int

  public init(isDead: Bool, isSaturated: Bool, nonFiniteCount: Int) {
    self.isDead = isDead
    self.isSaturated = isSaturated
    self.nonFiniteCount = nonFiniteCount
  }
}
