import Networks

/// A training run as plain data: checkpoints of one network in order, its layers, and what was
/// measured of each layer at each checkpoint.
public struct TrainingRun: Hashable, Sendable {
  /// Folder or file the checkpoints come from.
  public var name: String
  /// In training order.
  public var checkpoints: [RunCheckpoint]
  /// In the order of the network.
  public var layers: [RunLayer]
  /// Layers × checkpoints, row-major; nil where a checkpoint lacks the layer or was not read yet.
  public var weights: [WeightMeasures?]
  /// Layers × checkpoints, row-major; nil where no images were run.
  public var activations: [ActivationMeasures?]
  /// One a checkpoint.
  public var accuracy: [RunAccuracy?]
  /// What training itself wrote, one a checkpoint; empty without a log.
  public var logged: [LoggedEpoch?]
  /// What runs at every checkpoint; nil where no image does.
  public var sample: RunSample?
  /// What was found, assumed or left out, one sentence each.
  public var notes: [String]

  /// A run of which nothing was measured yet.
  public init(name: String, checkpoints: [RunCheckpoint], layers: [RunLayer]) {
    self.name = name
    self.checkpoints = checkpoints
    self.layers = layers
    weights = Array(repeating: nil, count: layers.count * checkpoints.count)
    activations = weights.map { _ in nil }
    accuracy = Array(repeating: nil, count: checkpoints.count)
    logged = []
    notes = []
  }

  /// Place of a layer's measures at a checkpoint.
  public func place(layer: Int, checkpoint: Int) -> Int { layer * checkpoints.count + checkpoint }

  /// Adds a checkpoint of which nothing is known yet; what is known of the others stays.
  ///
  /// - Complexity: O(layers · checkpoints).
  public mutating func insert(_ checkpoint: RunCheckpoint, at place: Int) {
    func widened<Value>(_ values: [Value?]) -> [Value?] {
      var wider: [Value?] = []
      for layer in layers.indices {
        let row = values[self.place(layer: layer, checkpoint: 0)...].prefix(checkpoints.count)
        wider += Array(row.prefix(place)) + [nil] + Array(row.dropFirst(place))
      }
      return wider
    }
    (weights, activations) = (widened(weights), widened(activations))
    checkpoints.insert(checkpoint, at: place)
    accuracy.insert(nil, at: place)
    if !logged.isEmpty { logged.insert(nil, at: place) }
  }

  /// Forgets what images gave, at one checkpoint.
  public mutating func forgetActivations(checkpoint: Int) {
    for layer in layers.indices {
      activations[place(layer: layer, checkpoint: checkpoint)] = nil
    }
    accuracy[checkpoint] = nil
  }
}

/// One column of a run.
public struct RunCheckpoint: Hashable, Sendable, Codable {
  /// Short: the number in its name, else the name without its ending.
  public var label: String
  /// File name without its folder.
  public var fileName: String
  /// The number in its name, or the epoch it states.
  public var step: Int?
  /// Why it could not be read; nil when it could.
  public var problem: String?
  /// Seconds since 1970 when it was last written; nil where that is not known.
  public var modified: Double?

  public init(
    label: String, fileName: String, step: Int?, problem: String? = nil, modified: Double? = nil
  ) {
    self.label = label
    self.fileName = fileName
    self.step = step
    self.problem = problem
    self.modified = modified
  }
}

/// One row of a run.
public struct RunLayer: Hashable, Sendable, Codable {
  public var name: String
  public var kind: LayerKind
  public var neuronCount: Int
  /// Numbers of its weight tensor.
  public var weightCount: Int

  public init(name: String, kind: LayerKind, neuronCount: Int, weightCount: Int) {
    self.name = name
    self.kind = kind
    self.neuronCount = neuronCount
    self.weightCount = weightCount
  }
}

/// A layer's weights at one checkpoint; bias and batch normalisation are left out unless the file
/// has them folded in.
public struct WeightMeasures: Hashable, Sendable, Codable {
  /// ‖W‖₂ over the finite weights.
  public var norm: Double
  /// ‖W − W′‖₂ / ‖W′‖₂ with W′ the checkpoint before; nil at the first, and where that has no
  /// finite norm above 0.
  public var change: Double?
  public var nonFiniteCount: Int
  /// The same of each neuron.
  public var neuronNorms: [Float]
  public var neuronChanges: [Float]?

  public init(
    norm: Double, change: Double?, nonFiniteCount: Int, neuronNorms: [Float],
    neuronChanges: [Float]?
  ) {
    self.norm = norm
    self.change = change
    self.nonFiniteCount = nonFiniteCount
    self.neuronNorms = neuronNorms
    self.neuronChanges = neuronChanges
  }
}

/// A layer's activations at one checkpoint, over a fixed sample of images.
public struct ActivationMeasures: Hashable, Sendable, Codable {
  public var imageCount: Int
  /// Neurons that never fire: never above 0 after a rectifier; elsewhere constant.
  public var deadCount: Int
  /// Mean and standard deviation of the spatial mean over neurons and images; nil where a value
  /// was not finite.
  public var mean: Double?
  public var deviation: Double?
  /// Share of neurons × images in which the neuron's map nowhere exceeds 0.
  public var silentShare: Double?
  /// Neurons × images in which a value was NaN or infinite.
  public var nonFiniteCount: Int
  public var neuronMeans: [Float]
  public var neuronDeviations: [Float]
  /// Share of images in which each neuron fires.
  public var neuronFiringShares: [Float]
  public var neuronIsDead: [Bool]
  public var neuronNonFiniteCounts: [Int]
  /// Class selectivity of each neuron, -1…1: (best class mean − mean of the others) ÷ their sum, of
  /// spatial means; nil where it is not defined. A. S. Morcos and others, "On the importance of
  /// single directions for generalization", ICLR 2018, arXiv:1803.06959.
  public var neuronSelectivities: [Float?]

  /// Mean class selectivity over the neurons that have one; nil without any.
  public var selectivity: Double? {
    let known = neuronSelectivities.compactMap(\.self).filter(\.isFinite)
    return known.isEmpty ? nil : known.reduce(0) { $0 + Double($1) } / Double(known.count)
  }

  public init(
    imageCount: Int, deadCount: Int, mean: Double?, deviation: Double?, silentShare: Double?,
    nonFiniteCount: Int, neuronMeans: [Float], neuronDeviations: [Float],
    neuronFiringShares: [Float], neuronIsDead: [Bool], neuronNonFiniteCounts: [Int],
    neuronSelectivities: [Float?] = []
  ) {
    self.imageCount = imageCount
    self.deadCount = deadCount
    self.mean = mean
    self.deviation = deviation
    self.silentShare = silentShare
    self.nonFiniteCount = nonFiniteCount
    self.neuronMeans = neuronMeans
    self.neuronDeviations = neuronDeviations
    self.neuronFiringShares = neuronFiringShares
    self.neuronIsDead = neuronIsDead
    self.neuronNonFiniteCounts = neuronNonFiniteCounts
    self.neuronSelectivities = neuronSelectivities
  }
}

/// How well a checkpoint classifies the sample.
public struct RunAccuracy: Hashable, Sendable, Codable {
  /// Share of labelled images whose best output is their class.
  public var top1: Double
  public var labeledCount: Int

  public init(top1: Double, labeledCount: Int) {
    self.top1 = top1
    self.labeledCount = labeledCount
  }
}

/// What training wrote about one epoch.
public struct LoggedEpoch: Hashable, Sendable, Codable {
  public var epoch: Int
  /// Columns of the log with a number, in its order.
  public var values: [LoggedValue]

  public init(epoch: Int, values: [LoggedValue]) {
    self.epoch = epoch
    self.values = values
  }

  /// The value of a column.
  public subscript(name: String) -> Double? { values.first { $0.name == name }?.value }
}

/// A named number of a log.
public struct LoggedValue: Hashable, Sendable, Codable {
  public var name: String
  public var value: Double

  public init(name: String, value: Double) {
    self.name = name
    self.value = value
  }
}
