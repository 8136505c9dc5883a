/// What every layer's neurons did on one image, or on average over a few.
public struct ImageActivations: Equatable, Sendable {
  /// Images of the data set that ran, in the order asked for.
  public var images: [Int]
  /// Images that were asked for and could not be read.
  public var unreadableCount: Int
  /// One a layer of the network.
  public var layers: [NeuronResponses]
  /// Feature maps of some layers, by the layer's place; none where several images ran.
  public var maps: [Int: ActivationMaps]
  /// The network's best outputs, most probable first; none where several images ran.
  public var answers: [OutputProbability]

  public init(
    images: [Int], unreadableCount: Int = 0, layers: [NeuronResponses],
    maps: [Int: ActivationMaps] = [:], answers: [OutputProbability] = []
  ) {
    self.images = images
    self.unreadableCount = unreadableCount
    self.layers = layers
    self.maps = maps
    self.answers = answers
  }
}

/// What a layer's neurons did: one value a neuron, each the mean over the images that ran of
/// those that are finite; NaN where none is.
public struct NeuronResponses: Equatable, Sendable {
  /// Mean over the neuron's map.
  public var spatialMean: [Float]
  /// Largest value of the map.
  public var spatialMax: [Float]
  /// Share of the images in which that exceeds 0; 0 or 1 for a single image.
  public var firingShare: [Float]

  /// - Precondition: All have one value a neuron.
  public init(spatialMean: [Float], spatialMax: [Float], firingShare: [Float]) {
    precondition(spatialMean.count == spatialMax.count && spatialMax.count == firingShare.count)
    self.spatialMean = spatialMean
    self.spatialMax = spatialMax
    self.firingShare = firingShare
  }

  /// Values in each list.
  public var neuronCount: Int { spatialMean.count }
}

/// An output of the network for one image.
public struct OutputProbability: Hashable, Sendable {
  public var output: Int
  /// By softmax; the output itself where the network's outputs are probabilities already.
  public var probability: Float

  public init(output: Int, probability: Float) {
    self.output = output
    self.probability = probability
  }
}
