import Analysis
import Networks

/// Which layers' neurons may be switched off, and the images to do it on.
public struct AblationPlan: Sendable {
  public var modelPath: String
  /// Lengths of one image's axes, batch left out.
  public var imageShape: [Int]
  /// The layers at which the network is cut, in order.
  public var layers: [LayerTap]
  /// Images of the data set to run, in order; each has a label with an output.
  public var images: [Int]
  /// Class of each image of the data set.
  public var labels: [Int?]
  /// Data set class → output index.
  public var outputOfClass: [Int?]
  public var provider: String?
  /// Threads in all; nil for one a core.
  public var threadCount: Int?
  /// Images in a batch; nil to choose by what flows between the parts.
  public var batchSize: Int?

  /// - Parameter images: Those whose class has no output are left out.
  public init(
    modelPath: String, imageShape: [Int], layers: [LayerTap], images: [Int], labels: [Int?],
    outputOfClass: [Int?], provider: String? = nil, threadCount: Int? = nil,
    batchSize: Int? = nil
  ) {
    self.modelPath = modelPath
    self.imageShape = imageShape
    self.layers = layers
    self.images = images.filter { image in
      labels[image].map { outputOfClass[$0] != nil } ?? false
    }
    self.labels = labels
    self.outputOfClass = outputOfClass
    self.provider = provider
    self.threadCount = threadCount
    self.batchSize = batchSize
  }

  /// Classes of the data set.
  public var classCount: Int { outputOfClass.count }
}

/// Neurons to switch off together, and what stands in for their values.
public struct AblationSet: Equatable, Sendable {
  /// One a layer of the plan: neurons, ascending, and a value for each.
  public var neurons: [[Int]]
  public var values: [[Float]]

  /// - Precondition: Both lists fit together.
  public init(neurons: [[Int]], values: [[Float]]) {
    precondition(neurons.map(\.count) == values.map(\.count))
    self.neurons = neurons
    self.values = values
  }

  /// Zeros in place of the neurons' values.
  public static func zeroing(_ neurons: [[Int]]) -> AblationSet {
    AblationSet(neurons: neurons, values: neurons.map { $0.map { _ in 0 } })
  }
}

/// What switching sets of neurons off did.
public struct AblationResult: Equatable, Sendable {
  /// Sets × classes.
  public var tallies: [[AblationTally]]
  /// Best outputs of each image before and after, set by set, where they were asked for; images
  /// in the plan's order, those that could not be read left out.
  public var answers: [[AblationAnswer]]
  public var unreadableCount: Int
}

/// The network's best output for one image before and after a change.
public struct AblationAnswer: Hashable, Sendable {
  /// Place among the plan's images.
  public var place: Int
  public var before: Int
  public var after: Int
}
