import Networks
import Storage

extension ModelFile {
  /// Where the channels that the edges carry can be seen as their targets receive them.
  ///
  /// - Returns: One an edge; nil where a source cannot be told apart from others that arrive in the
  ///   same channels, or its channels could not be followed.
  /// - Complexity: O(operators + edges) and what ``init(path:)`` takes.
  /// - Throws: ``ModelFileError`` when the file cannot be read any more.
  public func influencePaths(
    of edges: [LayerEdge]
  ) throws(ModelFileError) -> [InfluencePath?] {
    let model = try store.file.withSpan { (bytes) throws(ModelFileError) in try ONNXModel(bytes) }
    let graph = GraphResolver.resolve(try OperatorGraph(model), store)
    var tracer = InfluenceTracer(GraphResolver(graph: graph, store: store))
    return edges.map { tracer.path(of: $0) }
  }
}
