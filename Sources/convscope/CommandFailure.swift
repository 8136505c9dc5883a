import ModelFiles
import Pipeline
import Storage

/// What the process reports to its caller.
enum ExitStatus {
  /// Done; failed; called in a way that cannot work.
  static let done: Int32 = 0
  static let failed: Int32 = 1
  static let usage: Int32 = 2
  /// A finding reached `check --fail-on`.
  static let findings: Int32 = 3

  /// A process that a signal ended, as shells count it.
  static func signal(_ number: Int32) -> Int32 { 128 + number }
}

/// Ends a command: one sentence that says what, where and what to do, and the exit status.
struct CommandFailure: Error {
  var sentence: String
  var status: Int32

  init(_ sentence: String, status: Int32 = ExitStatus.failed) {
    self.sentence = sentence
    self.status = status
  }

  /// Any error of ours, in its own words.
  init(_ error: any Error) {
    if let failure = error as? CommandFailure {
      self = failure
    } else if case SessionError.model(let path, let cause) = error {
      self.init(cause, about: path)
    } else {
      self.init(oneSentence("\(error)"))
    }
  }

  /// An error about a file, which its sentence may not name.
  init(_ error: any Error, about path: String) {
    self.init(error)
    if !sentence.contains(lastPart(of: path)) { sentence = "“\(path)”: \(sentence)" }
  }
}

/// Runs `body`; its errors say which file they are about.
func about<Value>(_ path: String, _ body: () throws -> Value) throws(CommandFailure) -> Value {
  do {
    return try body()
  } catch {
    throw CommandFailure(error, about: path)
  }
}

/// `text` on one line, ended with a full stop.
func oneSentence(_ text: String) -> String {
  let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
  guard let last = line.last, !".!?".contains(last) else { return line }
  return line + "."
}
