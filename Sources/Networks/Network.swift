/// A trained network as a directed acyclic graph of representative layers.
///
/// Plain data: weights stay in the file and are read through `ModelFiles`.
public struct Network: Hashable, Sendable, Codable {
  /// File name without its folder.
  public var name: String
  public var inputs: [NetworkPort]
  public var outputs: [NetworkPort]
  /// In topological order; `layers[i].id.index == i`.
  public var layers: [Layer]
  /// Sorted by target, then source.
  public var edges: [LayerEdge]
  /// Stages in order of first layer; every layer belongs to exactly one.
  public var stages: [LayerStage]
  /// Operators of the file after folding, by frequency, for `info`.
  public var operatorCounts: [OperatorCount]
  public var parameterCount: Int
  public var format: ModelFormatFacts
  /// What could not be read or traced, each one sentence.
  public var notes: [String]

  public init(
    name: String, inputs: [NetworkPort], outputs: [NetworkPort], layers: [Layer],
    edges: [LayerEdge], stages: [LayerStage], operatorCounts: [OperatorCount],
    parameterCount: Int, format: ModelFormatFacts, notes: [String]
  ) {
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
    self.layers = layers
    self.edges = edges
    self.stages = stages
    self.operatorCounts = operatorCounts
    self.parameterCount = parameterCount
    self.format = format
    self.notes = notes
  }

  /// The layer with this ID.
  public subscript(id: LayerID) -> Layer { layers[id.index] }
}

/// How often an operator stands in the file.
public struct OperatorCount: Hashable, Sendable, Codable {
  public var name: String
  public var count: Int

  public init(name: String, count: Int) {
    self.name = name
    self.count = count
  }
}

/// What the file says about itself.
public struct ModelFormatFacts: Hashable, Sendable, Codable {
  /// `ONNX`.
  public var format: String
  public var irVersion: Int
  /// Operator sets by domain; the empty domain is ONNX's own.
  public var opsets: [String]
  public var producer: String
  public var fileByteCount: Int
  public var externalData: Bool

  public init(
    format: String, irVersion: Int, opsets: [String], producer: String, fileByteCount: Int,
    externalData: Bool
  ) {
    self.format = format
    self.irVersion = irVersion
    self.opsets = opsets
    self.producer = producer
    self.fileByteCount = fileByteCount
    self.externalData = externalData
  }
}

/// Where an edge of the layer graph starts or ends.
public enum LayerEndpoint: Hashable, Sendable, Codable {
  /// The network's input of that index.
  case input(Int)
  case layer(LayerID)
  /// The network's output of that index.
  case output(Int)
}

/// A connection between representative layers, through structural nodes.
public struct LayerEdge: Hashable, Sendable, Codable {
  public var source: LayerEndpoint
  public var target: LayerEndpoint
  /// Structural operators passed on the way, in order: `Add`, `Concat`, `MaxPool`…
  public var through: [String]
  /// Which source channels arrive at which input channels of the target; empty when the
  /// mapping could not be traced.
  public var routes: [ChannelRoute]

  public init(
    source: LayerEndpoint, target: LayerEndpoint, through: [String], routes: [ChannelRoute]
  ) {
    self.source = source
    self.target = target
    self.through = through
    self.routes = routes
  }
}

/// Layers of one spatial size, in order, split into blocks.
public struct LayerStage: Hashable, Sendable, Codable {
  public var name: String
  /// Height × width of its layers' outputs; nil for dense layers or where unknown.
  public var spatialSize: [Int]?
  public var blocks: [LayerBlock]

  public init(name: String, spatialSize: [Int]?, blocks: [LayerBlock]) {
    self.name = name
    self.spatialSize = spatialSize
    self.blocks = blocks
  }

  /// The layers of all blocks, in order.
  public var layers: [LayerID] { blocks.flatMap(\.layers) }
}

/// Layers that form one unit of the architecture: a residual or Fire block, or a single layer.
public struct LayerBlock: Hashable, Sendable, Codable {
  public var name: String
  public var layers: [LayerID]

  public init(name: String, layers: [LayerID]) {
    self.name = name
    self.layers = layers
  }
}
