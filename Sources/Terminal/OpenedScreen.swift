import CNcurses
import CTerminalSignals
import Canvas
import Glibc

/// What comes of opening ncurses.
struct OpenedScreen {
  var signalDescriptor: Int32
  var colors: ColorNumbers
  var pairCount: Int
  var glyphTier: GlyphTier
  var notice: String?

  /// Installs signal handlers and opens ncurses; on failure neither stays.
  static func open(
    _ options: TerminalOptions, _ environment: TerminalEnvironment
  ) throws(TerminalError) -> OpenedScreen {
    guard environment.inputIsTerminal else { throw .notATerminal(stream: "input") }
    guard environment.outputIsTerminal else { throw .notATerminal(stream: "output") }
    let choice = try TerminalChoice.choose(
      environment, requested: options.colors, most: options.mostColors)
    let glyphTier = environment.glyphTier(requested: options.glyphs)
    if glyphTier == .unicode, !environment.isUTF8 { _ = unsafe setlocale(LC_CTYPE, "C.UTF-8") }
    let descriptor = ts_open(STDOUT_FILENO)
    guard descriptor >= 0 else {
      throw errno == EBUSY ? .alreadyOpen : .system(call: "tcgetattr", code: errno)
    }
    guard choice.entry.withTerminfo({ unsafe cn_open(choice.entry.name) != nil }) else {
      ts_close()
      throw .unknown(term: environment.term ?? "")
    }
    // `KeyDecoder` waits, so that something can be done meanwhile. After opening: ncurses takes
    // `ESCDELAY` for its own then.
    set_escdelay(0)
    configure()
    let colorCount = has_colors() ? Int(cn_color_count()) : 0
    return OpenedScreen(
      signalDescriptor: descriptor,
      colors: ColorNumbers(tier: colorCount >= 8 ? choice.colorTier : .mono, count: colorCount),
      pairCount: colorCount >= 8 ? Int(cn_pair_count()) : 1, glyphTier: glyphTier,
      notice: choice.notice)
  }

  /// The terminal's size; nil when it does not say.
  static func measuredSize() -> ScreenSize? {
    var height: Int32 = 0
    var width: Int32 = 0
    guard unsafe cn_terminal_size(STDOUT_FILENO, &height, &width) == 0, height > 0, width > 0
    else { return nil }
    return ScreenSize(height: Int(height), width: Int(width))
  }

  private static func configure() {
    if has_colors() {
      start_color()
      use_default_colors()
    }
    raw()
    noecho()
    nonl()
    unsafe keypad(cn_screen(), true)
    typeahead(-1)
    curs_set(0)
    // The mouse is read by `KeyDecoder`, which knows the form that has no 223 column limit.
    keyok(KEY_MOUSE, false)
  }
}
