/// Which neurons of one layer respond alike, over a sample of the images.
///
/// The measure is the cosine of two neurons' activations over images after each neuron's own mean
/// was taken away (Pearson's correlation). Without that step any two neurons behind a ReLU look
/// alike, for none of their values is negative.
public struct NeuronSimilarity: Equatable, Sendable {
  /// Images the cosines rest on.
  public var imageCount: Int
  /// Pairs whose cosine of spatial means reaches ``floor`` in magnitude, of each neuron at least
  /// its strongest ``partnerLimit``; by first neuron, then second.
  public var pairs: [NeuronPair]

  public init(imageCount: Int, pairs: [NeuronPair]) {
    self.imageCount = imageCount
    self.pairs = pairs
  }

  /// Smallest |cosine| of a pair that is kept.
  public static let floor: Float = 0.9
  /// Strongest partners of a neuron that are surely kept.
  public static let partnerLimit = 16
  /// |cosine| from which two neurons count as duplicates, unless the reader chooses another.
  public static let duplicateThreshold: Float = 0.95
  /// On fewer images no pair counts as duplicate: chance alone lines neurons up.
  public static let smallestImageCount = 32

  /// The pairs that are duplicates at `threshold`: both cosines reach it, with the same sign.
  ///
  /// - Parameter threshold: At least ``floor``.
  public func duplicates(at threshold: Float = duplicateThreshold) -> [NeuronPair] {
    guard imageCount >= Self.smallestImageCount else { return [] }
    return pairs.filter { $0.isDuplicate(at: threshold) }
  }

  /// The strongest pair of each neuron that is a duplicate at `threshold`, nil where there is none.
  public func duplicateOf(
    neuronCount: Int, at threshold: Float = duplicateThreshold
  ) -> [NeuronPair?] {
    strongest(of: duplicates(at: threshold), neuronCount)
  }

  /// The strongest pair of each neuron, duplicate or not, nil where none reaches ``floor``.
  public func closest(neuronCount: Int) -> [NeuronPair?] { strongest(of: pairs, neuronCount) }

  private func strongest(of pairs: [NeuronPair], _ neuronCount: Int) -> [NeuronPair?] {
    var strongest = [NeuronPair?](repeating: nil, count: neuronCount)
    for pair in pairs {
      for neuron in [pair.first, pair.second] where neuron < neuronCount {
        if let known = strongest[neuron], known.cosine.magnitude >= pair.cosine.magnitude {
          continue
        }
        strongest[neuron] = pair
      }
    }
    return strongest
  }

  /// Neurons that could go because an earlier one that stays is their duplicate; ascending.
  public func redundantNeurons(at threshold: Float = duplicateThreshold) -> [Int] {
    var redundant: Set<Int> = []
    for pair in duplicates(at: threshold) where !redundant.contains(pair.first) {
      redundant.insert(pair.second)
    }
    return redundant.sorted()
  }
}

/// Two neurons of a layer that respond alike.
public struct NeuronPair: Hashable, Sendable {
  public var first: Int
  /// Above `first`.
  public var second: Int
  /// Of the spatial means over images, −1…1.
  public var cosine: Float
  /// Of the values at the centre of the map: high only when the maps agree in place, not just on
  /// the whole. Zero where one of the two never varies there.
  public var mapCosine: Float

  public init(first: Int, second: Int, cosine: Float, mapCosine: Float) {
    self.first = first
    self.second = second
    self.cosine = cosine
    self.mapCosine = mapCosine
  }

  /// Whether the two do the same: both cosines reach `threshold` with one sign.
  public func isDuplicate(at threshold: Float) -> Bool {
    cosine.magnitude >= threshold && mapCosine.magnitude >= threshold
      && (cosine < 0) == (mapCosine < 0)
  }

  /// The other one.
  public func partner(of neuron: Int) -> Int { neuron == first ? second : first }
}
