import ArgumentParser
import Atlases
import Canvas
import Explorer
import Pipeline

/// Prints one screen of the explorer.
struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print one screen.",
    discussion: """
      convscope show model.atlas network
      convscope show model.atlas layer layer2.0.conv1 --size 200x60
      convscope show model.atlas cluster layer2.0.conv1:B
      convscope show model.atlas neuron layer3.1.conv2:42 --format svg
      convscope show model.atlas image 17
      convscope show model.atlas image 17 --model model.onnx --data val/
      convscope show model.atlas classes
      convscope show model.atlas findings
      convscope show model.atlas network --keys "j j enter" --color mono
      convscope show checkpoints/ run change
      convscope show checkpoints/ run dead layer3.1.conv2 --data val/
      """)

  @Argument(
    help: ArgumentHelp(
      "Atlas, a model for its structure, or a folder of checkpoints.", valueName: "file"),
    completion: .file())
  var file: String

  @Argument(help: ArgumentHelp("The screen, and what it is about.", valueName: "view"))
  var view: [String] = []

  @Option(help: ArgumentHelp("Columns x rows.", valueName: "size"))
  var size = ScreenSize(height: 48, width: 160)

  @Option(
    help: ArgumentHelp(
      "The frame, or what it says; ansi on a terminal, else text.", valueName: "format"))
  var format: FrameFormat?

  @Option(
    help: ArgumentHelp(
      "Keys to press first, as in \"j j enter\": letters, ^x, 'text', enter, esc, tab…",
      valueName: "keys"))
  var keys: String?

  @Option(
    help: ArgumentHelp("Images, for pictures that the atlas does not keep.", valueName: "path"),
    completion: .directory)
  var data: String?

  @Option(
    help: ArgumentHelp(
      "The atlas' model, to run single images of --data through.", valueName: "path"),
    completion: .file())
  var model: String?

  @OptionGroup(title: "Screen")
  var screen: ScreenOptions

  func run() throws {
    let keys = try keys.map { try KeyScript($0).keys } ?? []
    if view.first == "run", InputPath.isFolder(file) { return try showRun(pressing: keys) }
    let request = try parsedView()
    let subject = try Subject(opening: file, dataPath: data)
    var explorer = try StillExplorer(
      subject, context: screen.context(size: size), showing: request,
      images: try imageSession(of: subject.atlas))
    explorer.press(keys)
    try screen.put(explorer, as: format ?? .standard)
  }

  /// A folder holds a run; its screen takes a value and a layer.
  private func showRun(pressing keys: [Key]) throws {
    let words = view.dropFirst()
    var measure: RunMeasure?
    if let word = words.first {
      guard let found = RunMeasure(rawValue: word) else {
        let known = RunMeasure.allCases.map(\.rawValue).joined(separator: ", ")
        throw CommandFailure(
          "“\(word)” is no value of a run; give one of: \(known).", status: ExitStatus.usage)
      }
      measure = found
    }
    var request = RunRequest(paths: [file])
    if let data {
      request.images = AnalysisRequest(modelPath: "", dataPath: try InputPath.existing(data))
    }
    let run = try RunSession(request: request).runHeedingSignals()
    var state = RunState(run: run, context: screen.context(size: size), measure: measure)
    if let layer = words.dropFirst().first, !state.select(layer: layer) {
      throw CommandFailure(
        "the run has no layer “\(layer)”; `convscope run --json` lists them.",
        status: ExitStatus.usage)
    }
    for key in keys { updateRun(&state, .key(key)) }
    try screen.put(state, as: format ?? .standard)
  }

  /// What runs single images; nil where no model is named.
  private func imageSession(of atlas: Atlas) throws -> ImageSession? {
    guard let model else { return nil }
    guard let data else {
      throw CommandFailure(
        "--model runs single images: name those of the atlas with --data too.",
        status: ExitStatus.usage)
    }
    return try ImageSession(
      of: atlas, modelPath: try InputPath.file(model), dataPath: try InputPath.existing(data))
  }

  private func parsedView() throws(CommandFailure) -> ViewRequest {
    do throws(ViewRequestError) {
      return try ViewRequest(view)
    } catch {
      throw CommandFailure(oneSentence("\(error)"), status: ExitStatus.usage)
    }
  }
}

extension ScreenSize: CustomStringConvertible {
  /// As `--size` takes it.
  public var description: String { "\(width)x\(height)" }
}
