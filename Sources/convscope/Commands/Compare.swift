import Analysis
import ArgumentParser
import AtlasFiles
import Atlases
import Comparison
import ModelFiles
import Pipeline

/// Two models or atlases side by side.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare two models or atlases, layer by layer.",
    discussion: """
      convscope compare before.onnx after.onnx --data val/
      convscope compare float.atlas int8.atlas --json

      Layers are matched by name, kind and size. Models without --data are compared by structure and \
      weights; with it, also by activations and by what each gets right.
      """)

  @Argument(help: ArgumentHelp("Model or atlas.", valueName: "A"), completion: .file())
  var first: String

  @Argument(help: ArgumentHelp("The one to compare with.", valueName: "B"), completion: .file())
  var second: String

  @OptionGroup(title: "Data")
  var dataOptions: DataOptions

  @OptionGroup(title: "Engine")
  var engine: EngineOptions

  @Flag(help: "As one JSON object.")
  var json = false

  func run() throws {
    let (a, b) = (try subject(first), try subject(second))
    var samples: (first: [ActivationSample], second: [ActivationSample])?
    if let one = a.samples, let other = b.samples { samples = (one, other) }
    let comparison = AtlasComparison(a.atlas, b.atlas, samples: samples)
    try Standard.print(
      json
        ? jsonLine(ComparisonJSON(a.atlas, b.atlas, comparison)) + "\n"
        : ComparisonText(first: a.atlas, second: b.atlas, comparison: comparison).text)
  }

  /// What is known of a model or atlas; its images run where there are any.
  private func subject(
    _ path: String
  ) throws -> (atlas: Atlas, samples: [ActivationSample]?) {
    let path = try InputPath.file(path)
    if Subject.isAtlas(path) { return try opened(path) }
    guard dataOptions.data != nil else {
      let model = try about(path) { try ModelFile(path: path) }
      return (withWeights(structureAtlas(of: model), of: model), nil)
    }
    let request = try dataOptions.request(model: path, engine: engine)
    let outcome = try AnalysisRun(
      request: request, reporter: TextReporter(summarizes: false)
    ).toTheEnd()
    guard let kept = outcome.path else { return (outcome.atlas, nil) }
    return (outcome.atlas, try opened(kept).samples)
  }

  /// An atlas, and what its layers gave on single images if it keeps that.
  private func opened(_ path: String) throws -> (atlas: Atlas, samples: [ActivationSample]?) {
    let file = try about(path) { try AtlasFile(path: path) }
    let sums = try about(path) { try file.resumeState() }
    return (file.atlas, sums?.summaries.map(\.sample))
  }
}
