import ArgumentParser
import Atlases
import Canvas
import Explorer
import Glibc
import Pipeline
import Terminal

/// A training run, checkpoint by checkpoint.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look at a training run, checkpoint by checkpoint.",
    discussion: """
      convscope run checkpoints/
      convscope run checkpoints/ --data val/
      convscope run epoch_*.pth --graph model.onnx --data val/
      convscope run checkpoints/ --json

      Weights show at once; with --data, images run in the background, one checkpoint after
      another. Checkpoints without a graph (PyTorch, safetensors, NumPy) are bound to --graph.
      Nothing in a checkpoint is executed.
      """)

  @Argument(
    help: ArgumentHelp("Folders of checkpoints, or checkpoints.", valueName: "path"),
    completion: .file())
  var paths: [String]

  @OptionGroup var weights: GraphOption

  @Flag(help: "Everything that was measured, as JSON; short for --format json.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Print instead of opening the screen, once everything is measured.", valueName: "format"))
  var format: FrameFormat?

  @OptionGroup(title: "Data")
  var dataOptions: DataOptions

  @OptionGroup(title: "Engine")
  var engine: EngineOptions

  @OptionGroup(title: "Screen")
  var terminal: VisitOptions

  func run() throws {
    let session = RunSession(request: try request())
    let settings = terminal.settings()
    let isPrinted =
      json || format != nil || terminal.keys != nil || settings.isAccessible
      || !Standard.output.isTerminal
    if isPrinted {
      let run = try session.runHeedingSignals()
      try print(run)
    } else {
      var visit = try RunVisit(session: session, settings: settings, size: terminal.size)
      try visit.run()
    }
  }

  private func request() throws -> RunRequest {
    var request = RunRequest(paths: try paths.map(InputPath.existing))
    request.graphPath = try weights.graph.map(InputPath.file)
    if let data = dataOptions.data {
      // The model is each checkpoint in turn; the request needs some path meanwhile.
      var images = AnalysisRequest(modelPath: "", dataPath: try InputPath.existing(data))
      try dataOptions.fill(&images, engine: engine)
      request.images = images
    }
    return request
  }

  private func print(_ run: TrainingRun) throws {
    let context = terminal.screen.context(size: terminal.size)
    var state = RunState(run: run, context: context)
    guard let script = try terminal.keys.map({ try KeyScript($0) }) else {
      return try terminal.screen.put(state, as: json ? .json : format ?? .words)
    }
    for line in script.lines {
      for key in line { updateRun(&state, .key(key)) }
      try terminal.screen.put(state, as: format ?? .standard)
    }
  }
}
