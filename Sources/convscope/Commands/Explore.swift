import ArgumentParser
import Canvas
import Explorer
import FoundationEssentials
import Pipeline
import Terminal

/// Opens the explorer.
struct Explore: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explore a model or an atlas in the terminal.",
    usage: "convscope <model or atlas> [--data <path>] [<options>]",
    discussion: "With images, they run in the background and the screen fills as they do.")

  @Argument(help: ArgumentHelp("ONNX file or atlas.", valueName: "file"), completion: .file())
  var file: String

  @OptionGroup(title: "Data")
  var dataOptions: DataOptions

  @OptionGroup(title: "Engine")
  var engine: EngineOptions

  @OptionGroup(title: "Screen")
  var terminal: VisitOptions

  func run() throws {
    if let script = terminal.keys { return try play(KeyScript(script)) }
    let mailbox = try Mailbox<LoopMessage>()
    let path = try InputPath.file(file)
    guard let data = dataOptions.data, !Subject.isAtlas(path) else {
      let subject = try Subject(opening: path, dataPath: dataOptions.data)
      return try ExplorerRun(
        subject: subject, mailbox: mailbox, options: terminal, sessions: sessions
      ).run()
    }
    let request = try dataOptions.request(model: path, engine: engine)
    let feed = AnalysisFeed(request, mailbox: mailbox)
    let subject = Subject(atlas: try feed.open(), dataPath: data)
    try ExplorerRun(
      subject: subject, mailbox: mailbox, options: terminal, feed: feed, sessions: sessions
    ).run()
  }

  /// Where the last visit left its edits; not with `--fresh`.
  private var sessions: SessionStore? {
    engine.fresh ? nil : SessionStore(environment: ProcessInfo.processInfo.environment)
  }

  /// Runs everything, then plays keys without a terminal and prints the frame after each line.
  private func play(_ script: KeyScript) throws {
    var subject: Subject
    if let data = dataOptions.data, !Subject.isAtlas(file) {
      let request = try dataOptions.request(model: file, engine: engine)
      let run = AnalysisRun(request: request, reporter: TextReporter(summarizes: false))
      subject = Subject(atlas: try run.toTheEnd().atlas, dataPath: data)
    } else {
      subject = try Subject(opening: file, dataPath: dataOptions.data)
    }
    let screen = terminal.screen
    var explorer = try StillExplorer(subject, context: screen.context(size: terminal.size))
    for line in script.lines {
      explorer.press(line)
      try screen.put(explorer, as: .standard)
    }
  }
}
