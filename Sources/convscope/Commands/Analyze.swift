import ArgumentParser
import Atlases
import FoundationEssentials
import Glibc
import ModelFiles
import Pipeline

/// Runs images through a network and keeps what was found in an atlas.
struct Analyze: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run images through a model and write an atlas.",
    discussion: """
      convscope analyze model.onnx --data val/ -o model.atlas
      convscope analyze model.onnx --data val/ -o part2.atlas --shard 2/8
      convscope analyze model.onnx --data val/ -o model.atlas --json | tail -1

      Interrupted, it keeps what was done; the same command goes on from there.
      """)

  @Argument(
    help: ArgumentHelp("ONNX file, or checkpoint with --graph.", valueName: "model"),
    completion: .file())
  var model: String

  @OptionGroup var weights: GraphOption

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Atlas to write; without it the result stays in the cache.", valueName: "atlas"),
    completion: .file(extensions: ["atlas"]))
  var output: String?

  @Option(help: ArgumentHelp("Only the i-th of n parts, for `merge`.", valueName: "i/n"))
  var shard: ShardNumber?

  @Flag(
    help: "Write the preprocessing that was found beside the model, to be used from now on.")
  var savePreprocessing = false

  @Flag(
    help: "Afterwards switch each cluster of each layer off and measure what that does.")
  var contributions = false

  @Flag(
    help: "Afterwards measure how strongly the channels of each layer drive the next neurons.")
  var influence = false

  @Flag(help: "Progress and result as JSON lines on standard output.")
  var json = false

  @OptionGroup(title: "Data")
  var dataOptions: DataOptions

  @OptionGroup(title: "Engine")
  var engine: EngineOptions

  func validate() throws {
    if dataOptions.data == nil {
      throw ValidationError("Analysing needs images: name their folder with --data PATH")
    }
    if output == nil && engine.withoutCache {
      throw ValidationError("Nothing would keep the result: give -o ATLAS, or leave out --no-cache")
    }
  }

  func run() throws {
    let bound = try weights.boundModel(of: model)
    defer { withExtendedLifetime(bound) {} }
    var request = try dataOptions.request(model: bound?.path ?? model, engine: engine)
    if let graph = weights.graph {
      (request.companionPath, request.checkpointPath) = (graph, model)
    }
    request.outputPath = try output.map { try OutputPath.writable($0, as: .atlas) }
    request.wantsRefreshes = false
    if contributions { request.contributions = AblationOptions() }
    request.wantsInfluence = influence
    if let shard { (request.shardIndex, request.shardCount) = (shard.index, shard.count) }
    let reporter: any AnalysisReporter = json ? JSONReporter() : TextReporter()
    let outcome = try AnalysisRun(request: request, reporter: reporter).toTheEnd()
    FileMemory(environment: ProcessInfo.processInfo.environment)?
      .remember(request, outcome.atlas)
    if savePreprocessing, let choice = outcome.atlas.provenance.preprocessing {
      try PreprocessingSidecar(choice).write(besideModel: weights.graph ?? request.modelPath)
    }
  }
}
