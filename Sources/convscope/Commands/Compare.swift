import Analysis
import ArgumentParser
import AtlasFiles
import Atlases
import Comparison
import ModelFiles
import Networks
import Pipeline
import Storage

/// Two models or atlases side by side.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare two models or atlases, layer by layer.",
    discussion: """
      convscope compare before.onnx after.onnx --data val/
      convscope compare float.atlas int8.atlas --json
      convscope compare epoch_03.pth model.onnx
      convscope compare epoch_03.pth epoch_12.pth --graph model.onnx --data val/

      Layers are matched by name, kind and size. Models without --data are compared by structure and \
      weights; with it, also by activations and by what each gets right. A checkpoint is put into \
      the graph of --graph, else into that of the ONNX file it is compared with; two without a graph \
      are compared by their weights as stored.
      """)

  @Argument(help: ArgumentHelp("Model, checkpoint or atlas.", valueName: "A"), completion: .file())
  var first: String

  @Argument(help: ArgumentHelp("The one to compare with.", valueName: "B"), completion: .file())
  var second: String

  @OptionGroup var weights: GraphOption

  @OptionGroup(title: "Data")
  var dataOptions: DataOptions

  @OptionGroup(title: "Engine")
  var engine: EngineOptions

  @Flag(help: "As one JSON object.")
  var json = false

  func run() throws {
    let a = try subject(first, graph: weights.graph ?? graph(in: second))
    let b = try subject(second, graph: weights.graph ?? graph(in: first))
    var samples: (first: [ActivationSample], second: [ActivationSample])?
    if let one = a.samples, let other = b.samples { samples = (one, other) }
    let comparison = AtlasComparison(a.atlas, b.atlas, samples: samples)
    try Standard.print(
      json
        ? jsonLine(ComparisonJSON(a.atlas, b.atlas, comparison)) + "\n"
        : ComparisonText(
          first: a.atlas, second: b.atlas, names: (name(first, a.atlas), name(second, b.atlas)),
          comparison: comparison
        ).text)
  }

  /// The file's name, or its path where the other is called the same, and what an atlas is of.
  private func name(_ path: String, _ atlas: Atlas) -> String {
    let isUnique = lastPart(of: first) != lastPart(of: second) || first == second
    let name = isUnique ? lastPart(of: path) : path
    return Subject.isAtlas(path) ? "\(name) (\(atlas.network.name))" : name
  }

  /// `path` where it is an ONNX file.
  private func graph(in path: String) throws -> String? {
    let path = try InputPath.file(path)
    return Subject.isAtlas(path) || Checkpoint.looksLikeCheckpoint(path: path) ? nil : path
  }

  /// What is known of a model, checkpoint or atlas; its images run where there are any.
  private func subject(
    _ path: String, graph: String?
  ) throws -> (atlas: Atlas, samples: [ActivationSample]?) {
    let path = try InputPath.file(path)
    if Subject.isAtlas(path) { return try opened(path) }
    let isCheckpoint = Checkpoint.looksLikeCheckpoint(path: path)
    let bound = isCheckpoint ? try GraphOption(graph: graph).boundModel(of: path) : nil
    defer { withExtendedLifetime(bound) {} }
    var found = try model(
      bound?.path ?? path, companion: bound == nil ? nil : graph,
      checkpoint: bound == nil ? nil : path)
    if isCheckpoint { found.atlas.network.name = lastPart(of: path) }
    return found
  }

  private func model(
    _ path: String, companion: String?, checkpoint: String?
  ) throws -> (atlas: Atlas, samples: [ActivationSample]?) {
    guard dataOptions.data != nil else {
      return (try about(path) { try structureAtlas(modelPath: path) }, nil)
    }
    var request = try dataOptions.request(model: path, engine: engine)
    (request.companionPath, request.checkpointPath) = (companion, checkpoint)
    let outcome = try AnalysisRun(
      request: request, reporter: TextReporter(summarizes: false)
    ).toTheEnd()
    guard let kept = outcome.path else { return (outcome.atlas, outcome.samples) }
    return (outcome.atlas, try opened(kept).samples)
  }

  /// An atlas, and what its layers gave on single images if it keeps that.
  private func opened(_ path: String) throws -> (atlas: Atlas, samples: [ActivationSample]?) {
    let file = try about(path) { try AtlasFile(path: path) }
    let sums = try about(path) { try file.resumeState() }
    return (file.atlas, sums?.summaries.map(\.sample))
  }
}
