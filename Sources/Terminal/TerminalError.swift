/// Why the explorer cannot open on this terminal.
package enum TerminalError: Error, Hashable, CustomStringConvertible {
  /// Standard input or output is a file or a pipe.
  case notATerminal(stream: String)
  case noTerm
  case dumb(term: String)
  /// Not in the terminal database, and no entry of our own could be used.
  case unknown(term: String)
  /// The terminal cannot move its cursor.
  case noCursorMovement(term: String)
  case alreadyOpen
  case system(call: String, code: Int32)

  package var description: String {
    switch self {
    case .notATerminal(let stream):
      "Standard \(stream) is not a terminal; run the explorer in one, or print a view with "
        + "“convscope show”."
    case .noTerm:
      "TERM is not set; set it to your terminal's type, for example TERM=xterm-256color."
    case .dumb(let term):
      "The terminal type “\(term)” cannot show screens; print a view with “convscope show”, or "
        + "set TERM if the terminal can do more."
    case .unknown(let term):
      "The terminal type “\(term)” is unknown here; try TERM=xterm-256color."
    case .noCursorMovement(let term):
      "The terminal type “\(term)” cannot move its cursor; print a view with “convscope show”."
    case .alreadyOpen: "The terminal is already open in this process."
    case .system(let call, let code):
      "The terminal could not be opened: \(call) failed with error \(code)."
    }
  }
}
