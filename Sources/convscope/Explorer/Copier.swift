import Explorer
import FoundationEssentials
import ModelFiles
import Storage
import Terminal

/// Brings copied text to the clipboard, or to a file where that cannot be.
struct Copier {
  /// Where text lies that the clipboard could not take; nil for nowhere.
  var folder: String?
  /// The home folder, written `~` in messages.
  var home: String?

  init(folder: String? = nil, home: String? = nil) {
    self.folder = folder
    self.home = home
  }

  init(environment: [String: String]) {
    folder = UserFolder.state.path(environment: environment)
    home = environment["HOME"]
  }

  /// Copies and says what happened, in one sentence.
  ///
  /// - Parameter send: Offers the text to the terminal's clipboard.
  func copied(_ request: CopyRequest, by send: (String) -> ClipboardOutcome) -> String {
    if let path = request.path { return written(request, to: InputPath.expanded(path)) }
    switch send(request.text) {
    case .sent: return "sent to the terminal's clipboard: \(request.title)"
    case .sentThroughTmux:
      return "sent to tmux, for the clipboard if its set-clipboard is on: \(request.title)"
    case .tooLong: return kept(request, because: "too long for the clipboard")
    case .unsupported: return kept(request, because: "no clipboard here")
    }
  }

  /// Writes a file of the user's choice; what is there stays.
  private func written(_ request: CopyRequest, to path: String) -> String {
    guard !FileManager.default.fileExists(atPath: path) else {
      return "“\(printable(path, limit: 200))” exists; give the name of a new file"
    }
    return write(request, to: path)
      ? "written to \(shortened(path)): \(request.title)"
      : "“\(printable(path, limit: 200))” cannot be written; choose another file"
  }

  /// Writes our own file, which the next copy replaces.
  private func kept(_ request: CopyRequest, because reason: String) -> String {
    guard let folder else { return "\(reason); :copy table FILE writes a file" }
    let path = "\(folder)/copied.txt"
    do {
      try makeFolders(folder)
    } catch {
      return "\(reason), and “\(shortened(folder))” cannot be made; :copy table FILE writes a file"
    }
    return write(request, to: path)
      ? "written to \(shortened(path)), \(reason): \(request.title)"
      : "\(reason), and “\(shortened(path))” cannot be written; :copy table FILE writes a file"
  }

  private func write(_ request: CopyRequest, to path: String) -> Bool {
    let end = request.text.hasSuffix("\n") ? "" : "\n"
    return (try? replaceFile(path, with: Array((request.text + end).utf8))) != nil
  }

  private func shortened(_ path: String) -> String {
    let shown =
      if let home, home.count > 1, path.hasPrefix("\(home)/") {
        "~" + path.dropFirst(home.count)
      } else {
        path
      }
    return printable(shown, limit: 200)
  }
}
