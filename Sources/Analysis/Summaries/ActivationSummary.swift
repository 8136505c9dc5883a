import Tensors

/// What a layer's neurons respond to, over the images added so far: a commutative monoid.
///
/// Summaries of two halves of a data set merge into the summary of the whole, bit for bit, in
/// any order: sums are exact (``ExactSum``), patches are ordered by value, then image.
/// Memory: about 90 bytes a neuron and class that occurs, and the bounded ``ActivationSample``.
public struct ActivationSummary: Equatable, Sendable {
  public let neuronCount: Int
  /// Columns: the data set's classes, or one for all images of a data set without labels.
  public let classCount: Int
  public let range: ActivationRange
  /// Images added, labelled or not.
  public internal(set) var imageCount = 0
  /// Per class; nil where no image was added.
  public internal(set) var classes: [ClassTally?]
  /// The nine strongest patches of each neuron, whatever their class.
  public internal(set) var strongest: StrongestPatches
  /// Over all images: largest spatial max, smallest and largest spatial mean.
  public internal(set) var extremes: [ActivationExtremes]
  /// Images in which a value was not finite or too large to sum; they count nowhere else.
  public internal(set) var nonFiniteCounts: [Int32]
  /// What the neurons gave on some of the images, to compare neurons with each other.
  public internal(set) var sample: ActivationSample

  /// The summary of no images.
  public init(neuronCount: Int, classCount: Int, range: ActivationRange) {
    self.neuronCount = neuronCount
    self.classCount = classCount
    self.range = range
    classes = Array(repeating: nil, count: classCount)
    strongest = StrongestPatches(neuronCount: neuronCount)
    extremes = Array(repeating: ActivationExtremes(), count: neuronCount)
    nonFiniteCounts = Array(repeating: 0, count: neuronCount)
    sample = ActivationSample(neuronCount: neuronCount)
  }

  /// A summary read back from storage.
  ///
  /// - Parameter sample: Nil for a summary that was stored without one.
  /// - Precondition: All arrays have one entry a neuron, `classes` one a class.
  public init(
    neuronCount: Int, range: ActivationRange, imageCount: Int, classes: [ClassTally?],
    strongest: StrongestPatches, extremes: [ActivationExtremes], nonFiniteCounts: [Int32],
    sample: ActivationSample? = nil
  ) {
    precondition(sample.map { $0.neuronCount == neuronCount } ?? true)
    precondition(extremes.count == neuronCount && nonFiniteCounts.count == neuronCount)
    precondition(classes.allSatisfy { $0.map { $0.mean.count == neuronCount } ?? true })
    self.neuronCount = neuronCount
    classCount = classes.count
    self.range = range
    self.imageCount = imageCount
    self.classes = classes
    self.strongest = strongest
    self.extremes = extremes
    self.nonFiniteCounts = nonFiniteCounts
    self.sample = sample ?? ActivationSample(neuronCount: neuronCount)
  }

  /// The summary where it rests on all of `count` images, else one of none: some of them had no map of
  /// each neuron in the layer's tensor.
  public func whole(of count: Int) -> ActivationSummary {
    guard imageCount != count else { return self }
    return ActivationSummary(neuronCount: neuronCount, classCount: classCount, range: range)
  }

  /// Adds everything `other` holds, exactly.
  ///
  /// - Precondition: Both describe the same layer and classes.
  public mutating func merge(_ other: ActivationSummary) {
    precondition(neuronCount == other.neuronCount && classCount == other.classCount)
    imageCount += other.imageCount
    for (index, tally) in other.classes.enumerated() {
      guard let tally else { continue }
      if classes[index]?.merge(tally) == nil { classes[index] = tally }
    }
    strongest.merge(other.strongest)
    sample.merge(other.sample)
    for neuron in 0..<neuronCount {
      extremes[neuron].merge(other.extremes[neuron])
      nonFiniteCounts[neuron] += other.nonFiniteCounts[neuron]
    }
  }
}

/// The outermost values of one neuron over all images.
public struct ActivationExtremes: Equatable, Hashable, Sendable, BitwiseCopyable {
  public var largestMaximum: Float
  public var smallestMean: Double
  public var largestMean: Double

  /// Of no images.
  public init() {
    self.init(largestMaximum: -.infinity, smallestMean: .infinity, largestMean: -.infinity)
  }

  /// Values read back from storage.
  public init(largestMaximum: Float, smallestMean: Double, largestMean: Double) {
    self.largestMaximum = largestMaximum
    self.smallestMean = smallestMean
    self.largestMean = largestMean
  }

  mutating func add(mean: Double, maximum: Float) {
    if maximum > largestMaximum { largestMaximum = maximum }
    if mean < smallestMean { smallestMean = mean }
    if mean > largestMean { largestMean = mean }
  }

  mutating func merge(_ other: ActivationExtremes) {
    largestMaximum = max(largestMaximum, other.largestMaximum)
    smallestMean = min(smallestMean, other.smallestMean)
    largestMean = max(largestMean, other.largestMean)
  }
}
