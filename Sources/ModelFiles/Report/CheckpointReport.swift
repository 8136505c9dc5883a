import FoundationEssentials
import Networks
import Storage

/// What `convscope info` tells of a checkpoint. Its JSON keys are stable within a `version`.
public struct CheckpointReport: Codable, Equatable, Sendable {
  /// Of this layout of keys.
  public var version = 1
  public var checkpoint: FileFacts
  public var layers: [LayerFacts]
  /// Modules of a model that was saved whole.
  public var modules: [ModuleFacts]
  /// Which tensor takes which place in a graph; nil without one.
  public var binding: [BindingFacts]?
  public var notes: [String]

  /// The file as a whole.
  public struct FileFacts: Codable, Equatable, Sendable {
    public var name: String
    public var format: CheckpointFormat
    public var fileBytes: Int
    public var tensors: Int
    /// Elements of all tensors.
    public var parameters: Int
    /// What stands beside the weights, such as the epoch.
    public var facts: [MetadataEntry]
  }

  /// Tensors that belong together, and what they prove.
  public struct LayerFacts: Codable, Equatable, Sendable {
    public var name: String
    public var kind: CheckpointLayer.Kind
    /// Rows of the weight; nil where it has none.
    public var neurons: Int?
    /// Height and width of a convolution's kernel.
    public var kernel: [Int]?
    /// Channels that each kernel reads: all, or those of a group.
    public var inputs: Int?
    public var tensors: [TensorFacts]
  }

  /// One tensor.
  public struct TensorFacts: Codable, Equatable, Sendable {
    public var name: String
    public var type: ElementType
    public var shape: [Int]
    /// Nil when not asked for or not readable; a note says which.
    public var statistics: WeightStatistics?
  }

  /// A graph's tensor and what takes its place.
  public struct BindingFacts: Codable, Equatable, Sendable {
    public var target: String
    public var layer: String?
    public var sources: [String]
    public var evidence: BoundTensor.Evidence
  }

  /// The report of an open checkpoint.
  ///
  /// - Parameter withWeights: Whether to read all numbers for their statistics.
  /// - Complexity: O(*numbers*) with weights, else O(*tensors*).
  public init(_ file: Checkpoint, binding: GraphBinding? = nil, withWeights: Bool = true) {
    var notes = file.notes + (binding?.notes ?? [])
    checkpoint = FileFacts(
      name: printable(lastPart(of: file.path)), format: file.format,
      fileBytes: file.byteCount, tensors: file.tensors.count, parameters: file.parameterCount,
      facts: file.facts)
    layers = file.layers.map { layer in
      LayerFacts(
        layer,
        layer.tensors.map { tensor in
          var facts = TensorFacts(name: tensor.name, type: tensor.elementType, shape: tensor.shape)
          guard withWeights else { return facts }
          do {
            facts.statistics = try file.statistics(of: tensor)
          } catch {
            notes.append("\(error)")
          }
          return facts
        })
    }
    modules = file.modules
    self.binding = binding.map { binding in
      binding.tensors.map { bound in
        BindingFacts(
          target: bound.target, layer: bound.layer.map { binding.graph.network[$0].name },
          sources: bound.sources, evidence: bound.evidence)
      }
    }
    self.notes = notes
  }

  /// The report as JSON, keys sorted, indented.
  ///
  /// - Throws: What `JSONEncoder` throws; a report holds nothing it refuses.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}

extension CheckpointReport.LayerFacts {
  init(_ layer: CheckpointLayer, _ tensors: [CheckpointReport.TensorFacts]) {
    name = layer.name
    kind = layer.kind
    self.tensors = tensors
    guard layer.kind == .convolution || layer.kind == .dense, let shape = layer["weight"]?.shape
    else { return }
    neurons = shape[0]
    inputs = shape[1]
    kernel = layer.kind == .convolution ? Array(shape.dropFirst(2)) : nil
  }
}
