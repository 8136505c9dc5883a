import Canvas
import CNcurses
import Glibc

/// What the environment says about the terminal.
package struct TerminalEnvironment: Hashable, Sendable {
  package var term: String?
  package var colorTerm: String?
  /// Whether `NO_COLOR` is set to something (https://no-color.org).
  package var asksForNoColor: Bool
  package var isInsideTmux: Bool
  /// GNU screen lies between us and the terminal.
  package var isInsideScreen: Bool
  /// Name of the locale's character encoding, such as `UTF-8`.
  package var codeset: String
  package var inputIsTerminal: Bool
  package var outputIsTerminal: Bool

  package init(
    term: String?, colorTerm: String? = nil, asksForNoColor: Bool = false,
    isInsideTmux: Bool = false, isInsideScreen: Bool = false, codeset: String = "UTF-8",
    inputIsTerminal: Bool = true,
    outputIsTerminal: Bool = true
  ) {
    self.term = term
    self.colorTerm = colorTerm
    self.asksForNoColor = asksForNoColor
    self.isInsideTmux = isInsideTmux
    self.isInsideScreen = isInsideScreen
    self.codeset = codeset
    self.inputIsTerminal = inputIsTerminal
    self.outputIsTerminal = outputIsTerminal
  }

  /// Of this process. Takes the character locale from the environment.
  package static func current() -> TerminalEnvironment {
    _ = unsafe setlocale(LC_CTYPE, "")
    let codeset = unsafe cn_codeset().map { unsafe String(cString: $0) } ?? ""
    return TerminalEnvironment(
      term: variable("TERM"), colorTerm: variable("COLORTERM"),
      asksForNoColor: variable("NO_COLOR") != nil, isInsideTmux: variable("TMUX") != nil,
      isInsideScreen: variable("STY") != nil, codeset: codeset,
      inputIsTerminal: isatty(STDIN_FILENO) == 1,
      outputIsTerminal: isatty(STDOUT_FILENO) == 1)
  }

  /// Whether the locale has more than ASCII.
  package var isUTF8: Bool {
    ["UTF-8", "UTF8"].contains(codeset.uppercased())
  }

  /// Whether the terminal erases cells in the ground that was chosen. All do whose users see colours
  /// in full-screen programs, but for GNU screen, whatever the database says of them.
  package var erasesInColor: Bool {
    isInsideTmux || !isInsideScreen && term?.hasPrefix("screen") != true
  }

  /// The glyphs to use: what was asked for, else what the locale has.
  package func glyphTier(requested: GlyphTier? = nil) -> GlyphTier {
    requested ?? (isUTF8 ? .unicode : .ascii)
  }

  /// The colours to use, in this order: what was asked for, `NO_COLOR`, a dumb terminal,
  /// `COLORTERM`, terminal types known for their colours, the terminal database.
  ///
  /// - Parameter databaseColors: What the database says of the terminal; nil when it does not
  ///   know it, which in practice means a terminal newer than the database.
  package func colorTier(requested: ColorTier? = nil, databaseColors: Int? = nil) -> ColorTier {
    if let requested { return requested }
    guard !asksForNoColor, let term, term != "dumb" else { return .mono }
    if let colorTerm, ["truecolor", "24bit"].contains(colorTerm.lowercased()) {
      return .truecolor
    }
    if TerminalEnvironment.isKnownForDirectColor(term) { return .truecolor }
    if term.hasSuffix("256color") { return .palette256 }
    guard let databaseColors else { return .palette256 }
    return databaseColors >= 256 ? .palette256 : databaseColors >= 8 ? .palette16 : .mono
  }

  /// Terminals that all have direct colours; `COLORTERM` does not come along over SSH.
  private static func isKnownForDirectColor(_ term: String) -> Bool {
    let names = [
      "xterm-kitty", "xterm-ghostty", "alacritty", "foot", "foot-extra", "wezterm", "contour",
    ]
    return names.contains(term) || term.hasSuffix("-direct")
  }

  /// A variable of the environment, nil when it is not set or empty.
  static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    let text = unsafe String(cString: value)
    return text.isEmpty ? nil : text
  }
}
