import Analysis
import Networks
import Tensors

/// Everything the explorer shows, as one immutable value.
public struct Atlas: Equatable, Sendable {
  public var provenance: Provenance
  public var network: Network
  /// One a representative layer, same order as `network.layers`.
  public var layers: [LayerAtlas]
  public var dataset: DatasetIndex?
  /// Nil until images ran, or when the network is no classifier of this data set.
  public var classification: ClassificationResult?

  public init(
    provenance: Provenance, network: Network, layers: [LayerAtlas], dataset: DatasetIndex?,
    classification: ClassificationResult?
  ) {
    self.provenance = provenance
    self.network = network
    self.layers = layers
    self.dataset = dataset
    self.classification = classification
  }

  /// What is known of one layer.
  public subscript(id: LayerID) -> LayerAtlas { layers[id.index] }

  /// Whether images ran through a layer that has no statistics: its output does not hold one map of each
  /// neuron an image, as in attention over windows.
  public func isLeftOut(_ layer: LayerID) -> Bool {
    provenance.analyzedImageCount > 0 && self[layer].statistics == nil
  }

  /// All such layers.
  public var layersLeftOut: [LayerID] { network.layers.map(\.id).filter(isLeftOut) }

  /// Names of the heatmap columns: the data set's classes.
  public var classNames: [String] { dataset?.classes ?? [] }
}

/// Where an atlas comes from and what it rests on.
public struct Provenance: Hashable, Sendable, Codable {
  /// SHA-256 of the model file (and its external data), hexadecimal; empty before hashing.
  public var modelHash: String
  /// SHA-256 over the data set's names, sizes and labels, hexadecimal.
  public var datasetHash: String
  public var preprocessing: PreprocessingChoice?
  /// Names of the network's outputs, in order; empty when unknown.
  public var outputNames: [String]
  public var outputNamesEvidence: Evidence
  public var seed: UInt64
  /// Images summarised, and images there are to summarise.
  public var analyzedImageCount: Int
  public var plannedImageCount: Int
  /// Images that could not be decoded, each named with its reason; at most 100 kept.
  public var unreadableImages: [String]
  public var unreadableImageCount: Int
  /// `ONNX Runtime 1.32.0, CPU, 2 threads`.
  public var engine: String
  public var convscopeVersion: String
  /// 1 of 1 for a whole analysis.
  public var shard: ShardNumber

  public init(
    modelHash: String, datasetHash: String, preprocessing: PreprocessingChoice?,
    outputNames: [String], outputNamesEvidence: Evidence, seed: UInt64,
    analyzedImageCount: Int, plannedImageCount: Int, unreadableImages: [String],
    unreadableImageCount: Int, engine: String, convscopeVersion: String, shard: ShardNumber
  ) {
    self.modelHash = modelHash
    self.datasetHash = datasetHash
    self.preprocessing = preprocessing
    self.outputNames = outputNames
    self.outputNamesEvidence = outputNamesEvidence
    self.seed = seed
    self.analyzedImageCount = analyzedImageCount
    self.plannedImageCount = plannedImageCount
    self.unreadableImages = unreadableImages
    self.unreadableImageCount = unreadableImageCount
    self.engine = engine
    self.convscopeVersion = convscopeVersion
    self.shard = shard
  }

  /// Whether every planned image has been seen.
  public var isComplete: Bool {
    analyzedImageCount + unreadableImageCount >= plannedImageCount
  }
}

/// Part `index` of `count`, from 1.
public struct ShardNumber: Hashable, Sendable, Codable {
  public var index: Int
  public var count: Int

  public init(index: Int, count: Int) {
    self.index = index
    self.count = count
  }
}
