import CTerminalSignals

/// What becomes of a process that a signal asked to end.
package enum TerminalSignals {
  /// Ends the process by a signal's default action, so that whoever started it sees the cause.
  ///
  /// Call it after saving, with the terminal closed.
  package static func endProcess(by signal: Int32) {
    ts_end_by(signal)
  }

  /// Lets the process say why it ends when a mapped file is cut short by somebody else.
  package static func explainCutFiles() {
    ts_explain_cut_files()
  }
}
