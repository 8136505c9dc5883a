import Canvas
import Explorer
import Terminal

/// How one visit uses the terminal: what the command line, the environment and the user's
/// configuration file come to, in this order.
struct VisitSettings {
  /// Nil finds out.
  var colors: ColorTier?
  var glyphs: GlyphTier?
  /// Nil asks the terminal.
  var appearance: Appearance?
  var usesMouse: Bool
  /// Milliseconds.
  var escapeWait: Int
  var keymap: Keymap
  var runKeymap: RunKeymap
  /// Whether bytes are saved; nil finds out.
  var savesBytes: Bool?
  /// Whether the explorer is lines of text.
  var isAccessible: Bool
  /// What of the file was not understood.
  var warnings: [ConfigWarning]

  init(_ options: VisitOptions, config: ConfigFile?, environment: [String: String]) {
    let file = config?.settings ?? ConfigSettings()
    let asksForNoColor = !(environment["NO_COLOR"] ?? "").isEmpty
    colors = options.screen.color ?? (asksForNoColor ? nil : file.color)
    savesBytes = options.lowBandwidth ? true : file.lowBandwidth
    glyphs = options.screen.glyphTier ?? file.glyphs
    appearance =
      options.screen.theme ?? file.theme
      ?? Appearance(colorFGBG: environment["COLORFGBG"] ?? "")
    usesMouse = !options.withoutMouse && file.mouse ?? true
    escapeWait =
      options.escapeWait ?? environment["ESCDELAY"].flatMap { Int($0) }.flatMap {
        TerminalOptions.escapeWaits.contains($0) ? $0 : nil
      } ?? file.escapeWait ?? TerminalOptions().escapeWait
    keymap = file.keymap
    runKeymap = file.runKeymap
    isAccessible = options.isAccessible || file.accessible ?? false
    warnings = config?.warnings ?? []
  }

  /// What the terminal is asked for.
  var terminal: TerminalOptions {
    var options = TerminalOptions(colors: colors, glyphs: glyphs, usesMouse: usesMouse)
    options.escapeWait = escapeWait
    options.savesBytes = savesBytes
    options.mostColors = savesBytes == true ? .palette256 : nil
    options.asksForBackground = appearance == nil
    return options
  }

  /// What a terminal can show, as the explorer takes it.
  func context(of screen: borrowing NcursesTerminal) -> RenderContext {
    let tier = DisplayTier(colors: screen.colorTier, glyphs: screen.glyphTier)
    return RenderContext(
      size: screen.size, theme: Theme(tier: tier, appearance: appearance ?? .dark))
  }

  /// Glyphs of the explorer of lines, which has no terminal to ask.
  var lineGlyphs: GlyphTier { TerminalEnvironment.current().glyphTier(requested: glyphs) }

  /// One sentence about the file for the screen; nil when all of it was understood.
  var notice: String? {
    guard let first = warnings.first else { return nil }
    let more = warnings.count - 1
    return more == 0 ? first.description : "\(first) \(more) more: see convscope doctor"
  }

  /// Writes every warning where it is still there after the visit.
  func warn() {
    for warning in warnings { Standard.error.write("\(warning)\n") }
  }
}
