import Networks

/// What `convscope info` tells of a model. Its JSON keys are stable within a `version`.
public struct ModelReport: Codable, Equatable, Sendable {
  /// Of this layout of keys.
  public var version = 1
  public var model: ModelFacts
  public var inputs: [PortFacts]
  public var outputs: [PortFacts]
  public var analysis: AnalysisFacts
  public var layers: [LayerFacts]
  public var edges: [EdgeFacts]
  public var groups: [GroupFacts]
  /// What could not be read or followed, one sentence each.
  public var notes: [String]

  /// The file as a whole.
  public struct ModelFacts: Codable, Equatable, Sendable {
    public var name: String
    public var format: String
    public var irVersion: Int
    public var opsets: [String]
    public var producer: String
    public var fileBytes: Int
    public var externalData: Bool
    /// Stored numbers of all operators that reach an output.
    public var parameters: Int
    /// `QDQ`, `QOperator`, or nil for floating point.
    public var quantization: String?
    public var operators: [OperatorCount]
    public var metadata: [MetadataEntry]
  }

  /// An input or output.
  public struct PortFacts: Codable, Equatable, Sendable {
    public var name: String
    public var type: String
    /// Nil where the file does not say.
    public var shape: [AxisLength]?
  }

  /// Whether images can be run through the network.
  public struct AnalysisFacts: Codable, Equatable, Sendable {
    public var image: ImageInput?
    public var classifier: ClassifierOutput?
    /// Why not; nil when they can.
    public var obstacle: String?
  }

  /// One representative layer.
  public struct LayerFacts: Codable, Equatable, Sendable {
    public var name: String
    public var `operator`: String
    public var kind: LayerKind
    public var shape: [AxisLength]?
    public var neurons: Int
    public var parameters: Int
    /// Its stage, and its block there.
    public var group: String
    public var block: String
    public var activation: String?
    public var batchNormalization: Bool
    public var kernel: KernelGeometry?
    public var receptiveField: ReceptiveField?
    public var quantization: String?
    /// Nil when not asked for or not readable; a note says which.
    public var weights: WeightStatistics?
  }

  /// A connection between layers, inputs and outputs, by name.
  public struct EdgeFacts: Codable, Equatable, Sendable {
    public var source: String
    public var target: String
    public var through: [String]
  }

  /// A stage and its blocks, layers by name.
  public struct GroupFacts: Codable, Equatable, Sendable {
    public var name: String
    /// Height and width; nil for dense layers or where unknown.
    public var size: [Int]?
    public var blocks: [BlockFacts]
  }

  /// Layers that form one unit of the architecture.
  public struct BlockFacts: Codable, Equatable, Sendable {
    public var name: String
    public var layers: [String]
  }

  /// A length, or the name of one that is free; `?` when nothing is known.
  public enum AxisLength: Codable, Equatable, Sendable, CustomStringConvertible {
    case fixed(Int)
    case free(String)

    init(_ dimension: Dimension) {
      self = dimension.length.map(AxisLength.fixed) ?? .free(dimension.description)
    }

    public init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let length = try? container.decode(Int.self) {
        self = .fixed(length)
      } else {
        self = .free(try container.decode(String.self))
      }
    }

    public func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .fixed(let length): try container.encode(length)
      case .free(let name): try container.encode(name)
      }
    }

    public var description: String {
      switch self {
      case .fixed(let length): "\(length)"
      case .free(let name): name
      }
    }
  }
}
