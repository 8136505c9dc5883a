import ArgumentParser
import Atlases
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
    help: ArgumentHelp("ONNX file, atlas or checkpoint.", valueName: "file"),
    completion: .file())
  var file: String

  @OptionGroup var weights: GraphOption

  @Option(
    help: ArgumentHelp(
      "An atlas' model, to run images of --data; found by itself where it was analysed here.",
      valueName: "file"), completion: .file(extensions: ["onnx"]))
  var model: String?

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
    guard model == nil || Subject.isAtlas(file) else {
      throw CommandFailure(
        "--model names the model of an atlas; “\(printable(file, limit: 200))” is none.",
        status: ExitStatus.usage)
    }
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
      var run = ExplorerRun(
        subject: subject, mailbox: mailbox, settings: terminal.settings(),
        tracePath: terminal.traceFrames, sessions: tour == nil ? sessions : nil, tour: player)
      if Subject.isAtlas(path) { try bind(&run) }
      return try run.run()
    }
    let feed = AnalysisFeed(try request(path), mailbox: mailbox, memory: memory)
    let subject = Subject(atlas: try feed.open(), dataPath: data)
    try ExplorerRun(
      subject: subject, mailbox: mailbox, settings: terminal.settings(),
      tracePath: terminal.traceFrames, feed: feed, sessions: tour == nil ? sessions : nil,
      tour: player
    ).run()
  }

  private func request(_ path: String) throws -> AnalysisRequest {
    var request = try dataOptions.request(model: path, engine: engine)
    if let graph = weights.graph { (request.companionPath, request.checkpointPath) = (graph, file) }
    return request
  }

  /// Lets the images of an atlas run: through the model that is named, else through the one that
  /// was analysed on this machine.
  private func bind(_ run: inout ExplorerRun) throws {
    let atlas = run.subject.atlas
    guard atlas.dataset != nil else {
      if model == nil { return }
      throw CommandFailure("the atlas holds no images to run; analyse the model with --data.")
    }
    let engine = EngineFeed(mailbox: run.mailbox)
    run.engine = engine
    if let binding = try namedBinding(of: atlas) {
      engine.start(try binding.session())
      memory?.remember(binding.request, atlas)
      run.subject.pictures.useImages(at: binding.request.dataPath)
    } else if !self.engine.fresh {
      run.binding = rememberedBinding(of: atlas)
    }
  }

  /// Nil where no model is named.
  private func namedBinding(of atlas: Atlas) throws -> AtlasBinding? {
    guard let model else { return nil }
    guard let data = dataOptions.data ?? memory?.files(SessionKey(atlas))?.dataPath else {
      throw CommandFailure(
        "--model runs images: name those of the atlas with --data too.",
        status: ExitStatus.usage)
    }
    var binding = AtlasBinding(
      of: atlas, modelPath: try InputPath.file(model), dataPath: try InputPath.existing(data))
    engine.fill(&binding.request)
    return binding
  }

  /// Nil where nothing is known of the model and the images.
  private func rememberedBinding(of atlas: Atlas) -> AtlasBinding? {
    guard let files = memory?.files(SessionKey(atlas)) else { return nil }
    var binding = AtlasBinding(
      of: atlas, modelPath: files.modelPath, dataPath: dataOptions.data ?? files.dataPath)
    engine.fill(&binding.request)
    return binding
  }

  private var memory: FileMemory? {
    FileMemory(environment: ProcessInfo.processInfo.environment)
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
      ablation = try namedBinding(of: subject.atlas)?.session()
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
