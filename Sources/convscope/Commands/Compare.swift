import ArgumentParser
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
    let (a, b) = (try atlas(first), try atlas(second))
    let comparison = AtlasComparison(a, b)
    try Standard.print(
      json
        ? jsonLine(ComparisonJSON(a, b, comparison)) + "\n"
        : ComparisonText(first: a, second: b, comparison: comparison).text)
  }

  /// What is known of a model or atlas; its images run where there are any.
  private func atlas(_ path: String) throws -> Atlas {
    let path = try InputPath.file(path)
    if Subject.isAtlas(path) { return try Subject(opening: path, dataPath: nil).atlas }
    guard dataOptions.data != nil else {
      let model = try about(path) { try ModelFile(path: path) }
      return withWeights(structureAtlas(of: model), of: model)
    }
    let request = try dataOptions.request(model: path, engine: engine)
    return try AnalysisRun(request: request, reporter: TextReporter(summarizes: false)).toTheEnd()
      .atlas
  }
}
