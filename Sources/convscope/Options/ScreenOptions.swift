import ArgumentParser
import Canvas
import Explorer
import FoundationEssentials
import Terminal

extension ColorTier: ExpressibleByArgument {}
extension GlyphTier: ExpressibleByArgument {}
extension Appearance: ExpressibleByArgument {}

extension ScreenSize: ExpressibleByArgument {
  /// Columns `x` rows, as in `160x48`.
  public init?(argument: String) {
    let parts = argument.lowercased().split(separator: "x", omittingEmptySubsequences: false)
    guard parts.count == 2, let width = Int(parts[0]), let height = Int(parts[1]),
      (1...1000).contains(width), (1...1000).contains(height)
    else { return nil }
    self.init(height: height, width: width)
  }
}

/// How the explorer uses the terminal.
struct VisitOptions: ParsableArguments {
  @OptionGroup var screen: ScreenOptions

  @Flag(name: .customLong("no-mouse"), help: "Leave the mouse to the terminal.")
  var withoutMouse = false

  @Flag(
    name: .customLong("accessible"),
    help: ArgumentHelp(
      "Lines of text instead of a screen, for screen readers.",
      discussion: """
        Commands are read from standard input, one a line: help lists them. Nothing but text is \
        written.
        """))
  var isAccessible = false

  @Flag(help: "For slow links: 256 colours, and pictures wait until keys rest.")
  var lowBandwidth = false

  @Option(
    help: ArgumentHelp(
      "Milliseconds that Esc waits for the rest of a key's sequence.", valueName: "ms"))
  var escapeWait: Int?

  @Option(
    help: ArgumentHelp("Write the cost of every frame as JSON lines.", visibility: .hidden))
  var traceFrames: String?

  @Option(
    help: ArgumentHelp(
      "Play keys without a terminal once the images ran; print each line's frame.",
      visibility: .hidden))
  var keys: String?

  @Option(help: ArgumentHelp("Columns x rows of those frames.", visibility: .hidden))
  var size = ScreenSize(height: 48, width: 160)

  func validate() throws {
    if let escapeWait, !TerminalOptions.escapeWaits.contains(escapeWait) {
      throw ValidationError("--escape-wait wants a number from 0 to 1000, not \(escapeWait)")
    }
  }

  /// With the environment and the user's configuration file taken in.
  func settings() -> VisitSettings {
    let environment = ProcessInfo.processInfo.environment
    return VisitSettings(
      self, config: ConfigFile.read(environment: environment), environment: environment)
  }
}

/// How the screen is drawn; what is not given is found out from the terminal.
struct ScreenOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Colours to use.", valueName: "tier"))
  var color: ColorTier?

  @Option(help: ArgumentHelp("Glyphs to use.", valueName: "tier"))
  var glyphs: GlyphTier?

  @Flag(help: "Short for --glyphs ascii.")
  var ascii = false

  @Option(help: ArgumentHelp("Background of the terminal.", valueName: "shade"))
  var theme: Appearance?

  /// The glyphs asked for by either option.
  var glyphTier: GlyphTier? { ascii ? .ascii : glyphs }
}
