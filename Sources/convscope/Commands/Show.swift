import ArgumentParser
import Canvas
import Explorer

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
      convscope show model.atlas classes
      convscope show model.atlas network --keys "j j enter" --color mono
      """)

  @Argument(
    help: ArgumentHelp("Atlas, or a model for its structure.", valueName: "file"),
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

  @OptionGroup(title: "Screen")
  var screen: ScreenOptions

  func run() throws {
    let keys = try keys.map { try KeyScript($0).keys } ?? []
    let request = try parsedView()
    let subject = try Subject(opening: file, dataPath: data)
    var explorer = try StillExplorer(
      subject, context: screen.context(size: size), showing: request)
    explorer.press(keys)
    try screen.put(explorer, as: format ?? .standard)
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
