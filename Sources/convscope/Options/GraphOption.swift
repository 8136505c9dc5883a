import ArgumentParser
import ModelFiles

/// The graph that a checkpoint's weights are bound to.
struct GraphOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "ONNX file of the network, for checkpoints that hold weights alone.", valueName: "model"),
    completion: .file(extensions: ["onnx"]))
  var graph: String?

  init() {}

  /// - Parameter graph: Path of the ONNX file.
  init(graph: String?) { self.graph = graph }

  /// The checkpoint at `path`, bound to the graph; nil without one.
  func binding(of path: String) throws -> GraphBinding? {
    guard let graph else { return nil }
    let file = try InputPath.file(graph)
    let model = try about(file) { try ModelFile(path: file) }
    let checkpoint = try about(path) { try Checkpoint(path: path) }
    return try about(path) { try GraphBinding(graph: model, checkpoint: checkpoint) }
  }

  /// The graph with the weights of the checkpoint at `path` in it, for as long as it is held; nil
  /// without a graph.
  func boundModel(of path: String) throws -> BoundModel? {
    guard graph != nil else { return nil }
    let path = try InputPath.file(path)
    return try binding(of: path).map { binding in
      try about(path) { try BoundModel(binding) }
    }
  }
}
