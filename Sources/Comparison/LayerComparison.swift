import Analysis
import Atlases
import Networks
import Tensors

/// How far a layer of one network is from its counterpart in another. Parts are nil where they
/// do not apply: kernels not kept, sizes that differ, images that did not run.
public struct LayerComparison: Equatable, Sendable {
  public var first: LayerID
  public var second: LayerID
  /// ‖second − first‖ / ‖first‖ of the kernels, batch normalisation folded in.
  public var weightChange: Double?
  /// Cosine of the two kernels as vectors, -1…1.
  public var weightCosine: Double?
  /// ‖second − first‖ / ‖first‖ of the mean activations, neurons × classes.
  public var activationChange: Double?
  /// Linear centred kernel alignment of the mean activations by class, 0…1.
  public var classAlignment: Double?
  /// The same of the spatial means image by image, unbiased; nil without samples of the same images.
  public var imageAlignment: ImageAlignment?
  /// Adjusted Rand index of the clusters, 1 for the same ones.
  public var clusterAgreement: Double?
  /// Clusters that share neurons, each at most once.
  public var clusterMatches: [ClusterMatch] = []
  /// Neurons dead in the first, in the second.
  public var deadCounts: (first: Int, second: Int)?

  /// - Parameter comparesClasses: Whether the columns of both layers are the same classes.
  public init(_ a: LayerAtlas, _ b: LayerAtlas, comparesClasses: Bool) {
    first = a.layer
    second = b.layer
    if let one = a.kernel, let other = b.kernel, one.shape == other.shape {
      let difference = Difference(one.values, other.values)
      weightChange = difference.relative
      weightCosine = difference.cosine
    }
    if let one = a.clustering, let other = b.clustering, one.labels.count == other.labels.count {
      clusterAgreement = adjustedRandIndex(one.labels, other.labels)
    }
    clusterMatches = Comparison.clusterMatches(a, b)
    guard let one = a.statistics, let other = b.statistics else { return }
    deadCounts = (one.health.count(where: \.isDead), other.health.count(where: \.isDead))
    guard comparesClasses, one.classCount == other.classCount else { return }
    classAlignment = linearCKA(one.meanOfMean, other.meanOfMean)
    if one.neuronCount == other.neuronCount {
      activationChange = Difference(one.meanOfMean.values, other.meanOfMean.values).relative
    }
  }

  public static func == (one: LayerComparison, other: LayerComparison) -> Bool {
    one.first == other.first && one.second == other.second
      && one.weightChange == other.weightChange && one.weightCosine == other.weightCosine
      && one.activationChange == other.activationChange
      && one.classAlignment == other.classAlignment
      && one.imageAlignment == other.imageAlignment
      && one.clusterAgreement == other.clusterAgreement
      && one.clusterMatches == other.clusterMatches
      && one.deadCounts?.first == other.deadCounts?.first
      && one.deadCounts?.second == other.deadCounts?.second
  }
}

/// Sums over two vectors of the same length.
private struct Difference {
  /// ‖second − first‖ / ‖first‖; nil where the first has no length or a value is not finite.
  var relative: Double?
  var cosine: Double?

  init(_ first: [Float], _ second: [Float]) {
    var (own, other, cross, apart) = (0.0, 0.0, 0.0, 0.0)
    for index in first.indices {
      let (a, b) = (Double(first[index]), Double(second[index]))
      own += a * a
      other += b * b
      cross += a * b
      apart += (b - a) * (b - a)
    }
    guard own > 0, own.isFinite, other.isFinite else { return }
    relative = (apart / own).squareRoot()
    if other > 0 { cosine = max(-1, min(1, cross / (own * other).squareRoot())) }
  }
}
