import Atlases
import Analysis
import FoundationEssentials
import Networks
import Tensors
import Storage

/// The JSON values in an atlas file's `__metadata__`.
struct AtlasMetadata {
  static let format = "convscope-atlas"
  static let version = "1"

  var provenance: Provenance
  var network: Network
  var layers: [LayerMetadata]
  var dataset: DatasetIndex?
  var classification: ClassificationMetadata?

  /// As the string map a safetensors header holds.
  func encoded() -> [String: String] {
    var fields = ["format": Self.format, "version": Self.version]
    fields["provenance"] = json(provenance)
    fields["network"] = json(network)
    fields["layers"] = json(layers)
    fields["dataset"] = dataset.flatMap { json($0) }
    fields["classification"] = classification.flatMap { json($0) }
    return fields
  }

  /// - Throws: ``AtlasError`` for a foreign file, another version or unreadable fields.
  init(_ file: SafetensorsFile) throws(AtlasError) {
    let path = file.file.path
    guard file.metadata["format"] == Self.format else { throw .foreign(path: path) }
    let version = file.metadata["version"] ?? "unknown"
    guard version == Self.version else {
      throw .version(path: path, found: version, supported: Self.version)
    }
    provenance = try Self.value("provenance", file)
    network = try Self.value("network", file)
    layers = try Self.value("layers", file)
    dataset = file.metadata["dataset"] == nil ? nil : try Self.value("dataset", file)
    classification =
      file.metadata["classification"] == nil ? nil : try Self.value("classification", file)
  }

  init(_ atlas: Atlas) {
    provenance = atlas.provenance
    network = atlas.network
    layers = atlas.layers.map(LayerMetadata.init)
    dataset = atlas.dataset
    classification = atlas.classification.map(ClassificationMetadata.init)
  }

  private static func value<Value: Decodable>(
    _ name: String, _ file: SafetensorsFile
  ) throws(AtlasError) -> Value {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let text = file.metadata[name],
      let value = try? decoder.decode(Value.self, from: Data(text.utf8))
    else {
      throw .inconsistent(path: file.file.path, detail: "its \(name) cannot be read")
    }
    return value
  }
}

/// A layer's facts that are not tensors.
struct LayerMetadata: Codable {
  struct Order: Codable {
    var pathLength: Double
    var lowerBound: Double?
    var antiRobinson: Double?

    init(_ result: SeriationResult) {
      pathLength = result.pathLength
      lowerBound = result.lowerBound
      antiRobinson = result.antiRobinson
    }

    func result(order: Permutation) -> SeriationResult {
      SeriationResult(
        order: order, pathLength: pathLength, lowerBound: lowerBound, antiRobinson: antiRobinson)
    }
  }
  struct Source: Codable {
    var source: LayerEndpoint
    var through: [String]
    /// Nil where none was measured, and in files of before.
    var influence: Influence?
  }

  struct Influence: Codable {
    var basis: InfluencePath.Basis
    var imageCount: Int
  }

  struct Contributions: Codable {
    var replacement: Replacement
    var score: ScoreKind
  }

  var imageCount: Int?
  /// Images the pairs of similar neurons rest on; nil in files that hold none.
  var similarityImageCount: Int?
  var clusterCount: Int?
  var silhouette: Double?
  var method: String?
  var rowOrder: Order?
  var columnOrder: Order?
  var connections: [Source]
  var weightStatistics: WeightStatistics?
  var grouping: LayerGrouping?
  var contributions: Contributions?

  init(_ layer: LayerAtlas) {
    imageCount = layer.statistics?.imageCount
    similarityImageCount = layer.similarity?.imageCount
    clusterCount = layer.clustering?.clusterCount
    silhouette = layer.clustering?.silhouette
    method = layer.clustering?.method
    rowOrder = layer.rowOrder.map(Order.init)
    columnOrder = layer.columnOrder.map(Order.init)
    connections = layer.connections.map {
      Source(
        source: $0.source, through: $0.through,
        influence: $0.influence.map { Influence(basis: $0.basis, imageCount: $0.imageCount) })
    }
    weightStatistics = layer.weightStatistics
    grouping = layer.grouping
    contributions = layer.contributions.map {
      Contributions(replacement: $0.replacement, score: $0.score)
    }
  }
}

/// The counts of a ``ClassificationResult``.
struct ClassificationMetadata: Codable {
  var outputOfClass: [Int?]
  var outputCount: Int
  var top1Count: Int
  var top5Count: Int
  var labeledCount: Int

  init(_ result: ClassificationResult) {
    outputOfClass = result.outputOfClass
    outputCount = result.outputCount
    top1Count = result.top1Count
    top5Count = result.top5Count
    labeledCount = result.labeledCount
  }
}

private func json(_ value: some Encodable) -> String? {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  encoder.nonConformingFloatEncodingStrategy = .convertToString(
    positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  guard let data = try? encoder.encode(value) else { return nil }
  return String(decoding: data, as: UTF8.self)
}
