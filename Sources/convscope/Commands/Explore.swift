import ArgumentParser
import Canvas
import Explorer
import FoundationEssentials
import ModelFiles
import Pipeline
import Terminal

/// Opens the explorer.
struct Explore: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explore a model or an atlas in the terminal.",
    usage: "convscope <model or atlas> [--data <path>] [<options>]",
    discussion: "With images, they run in the background and the screen fills as they do.")

  @Argument(
    help: ArgumentHelp("ONNX file, atlas, or checkpoint with --graph.", valueName: "file"),
    completion: .file())
  var file: String

  @OptionGroup var weights: GraphOption

  @OptionGroup(title: "Data")
  var dataOptions: DataOptions

  @OptionGroup(title: "Engine")
  var engine: EngineOptions

  @OptionGroup(title: "Screen")
  var terminal: VisitOptions

  @Option(
    help: ArgumentHelp(
      "Play a file of keys at reading speed; without a terminal print its frames.",
      valueName: "file"), completion: .file(extensions: ["keys"]))
  var tour: String?

  func run() throws {
    let bound = try weights.boundModel(of: file)
    defer { withExtendedLifetime(bound) {} }
    let path = try bound?.path ?? InputPath.file(file)
    let script = try (terminal.keys ?? tour.map(InputPath.text)).map { try KeyScript($0) }
    if let script, terminal.keys != nil || !Standard.output.isTerminal {
      return try play(script, path)
    }
    let player = script.map { TourPlayer(script: $0) }
    let mailbox = try Mailbox<LoopMessage>()
    guard let data = dataOptions.data, !Subject.isAtlas(path) else {
      let subject = try Subject(opening: path, dataPath: dataOptions.data)
      return try ExplorerRun(
        subject: subject, mailbox: mailbox, settings: terminal.settings(),
        tracePath: terminal.traceFrames, sessions: tour == nil ? sessions : nil, tour: player
      ).run()
    }
    let feed = AnalysisFeed(try request(path), mailbox: mailbox)
    let subject = Subject(atlas: try feed.open(), dataPath: data)
    try ExplorerRun(
      subject: subject, mailbox: mailbox, settings: terminal.settings(),
      tracePath: terminal.traceFrames, feed: feed, sessions: tour == nil ? sessions : nil,
      tour: player
    ).run()
  }

  private func request(_ path: String) throws -> AnalysisRequest {
    var request = try dataOptions.request(model: path, engine: engine)
    request.companionPath = weights.graph
    return request
  }

  /// Where the last visit left its edits; not with `--fresh`.
  private var sessions: SessionStore? {
    engine.fresh ? nil : SessionStore(environment: ProcessInfo.processInfo.environment)
  }

  /// Runs everything, then plays keys without a terminal and prints the frame after each line.
  private func play(_ script: KeyScript, _ path: String) throws {
    var subject: Subject
    var ablation: AblationSession?
    if let data = dataOptions.data, !Subject.isAtlas(path) {
      let request = try self.request(path)
      let run = AnalysisRun(request: request, reporter: TextReporter(summarizes: false))
      subject = Subject(atlas: try run.toTheEnd().atlas, dataPath: data)
      ablation = try AblationSession(request: request)
    } else {
      subject = try Subject(opening: path, dataPath: dataOptions.data)
    }
    let screen = terminal.screen
    var explorer = try StillExplorer(
      subject, context: screen.context(size: terminal.size), ablation: ablation)
    for step in script.steps {
      explorer.press(step.keys)
      if !step.caption.isEmpty { try Standard.print(plainText(["", step.caption])) }
      try screen.put(explorer, as: .standard)
    }
  }
}
