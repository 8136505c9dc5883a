import Networks
import Storage

/// An ONNX model, opened for reading: its structure as plain data, its weights left in the file.
public final class ModelFile: Sendable {
  /// As it was given.
  public let path: String
  public let network: Network
  /// How images enter the network, or why they cannot.
  public let analysisInput: AnalysisInput
  /// What the file says about itself in free form, such as class names.
  public let metadata: [MetadataEntry]

  let store: WeightStore
  /// Stored tensors, in the order of the file.
  let initializers: [ONNXTensor]
  /// Same order as `network.layers`.
  let found: [FoundLayer]

  /// Opens the ONNX file at `path` and works out its network.
  ///
  /// - Complexity: O(*operators* + *edges*); weights are not touched.
  /// - Throws: ``ModelFileError``, one clear sentence each.
  public init(path: String) throws(ModelFileError) {
    let file = try Self.open(path)
    try refuseForeignFormat(file)
    let model: ONNXModel
    do {
      model = try file.withSpan { (bytes) throws(ModelFileError) in try ONNXModel(bytes) }
    } catch {
      throw error
    }
    guard model.hasGraph else {
      throw .malformed(detail: "it holds no graph", offset: nil)
    }
    let tensors =
      model.graph.initializers
      + model.graph.nodes.flatMap { node in
        node.attributes.compactMap(\.tensor)
      }
    store = try WeightStore(file, tensors: tensors)
    let graph = GraphResolver.resolve(try OperatorGraph(model), store)
    let resolver = GraphResolver(graph: graph, store: store)
    let built = NetworkBuilder(model: model, resolver: resolver).build(
      name: printable(lastPart(of: path)))
    self.path = path
    initializers = model.graph.initializers
    network = built.network
    found = built.found
    metadata = model.metadata.map {
      MetadataEntry(key: printable($0.key), value: printable($0.value, limit: 100_000))
    }
    analysisInput = AnalysisInputFinder(graph: graph, network: built.network).find()
  }

  /// Gives back the memory that reading weights took; they are read anew when asked for.
  public func releasePages() {
    store.file.releasePages()
    for (_, file) in store.externalFiles { file.releasePages() }
  }

  static func open(_ path: String) throws(ModelFileError) -> MappedFile {
    do {
      return try MappedFile(path: path)
    } catch {
      switch error {
      case .isDirectory:
        let hasSavedModel = resolvedPath(path + "/saved_model.pb") != nil
        throw .isDirectory(
          path: path,
          hint: hasSavedModel
            ? "it is a TensorFlow SavedModel: convert it with tf2onnx"
            : "name the .onnx file inside")
      case .system(_, _, let reason):
        if resolvedPath(path) == nil, reason.hasPrefix("No such file") {
          throw .notFound(path: path)
        }
        throw .unreadable(path: path, reason: reason)
      default: throw .unreadable(path: path, reason: "\(error)")
      }
    }
  }
}

/// A key and value of the model's metadata.
public struct MetadataEntry: Hashable, Sendable, Codable {
  public var key: String
  public var value: String

  public init(key: String, value: String) {
    self.key = key
    self.value = value
  }
}
