import FoundationEssentials
import ModelFiles
import Storage

/// The user's configuration file, as far as it could be understood: nothing in it is fatal.
struct ConfigFile: Hashable {
  var path: String
  var settings = ConfigSettings()
  /// What was not understood, by lines.
  var warnings: [ConfigWarning] = []

  /// Bytes; no honest file comes near.
  static let largest = 1 << 16
  /// Most warnings that are kept.
  static let warningLimit = 100

  /// `$XDG_CONFIG_HOME/convscope/config` or `~/.config/convscope/config`; nil when neither
  /// `XDG_CONFIG_HOME` nor `HOME` is an absolute path.
  static func path(environment: [String: String]) -> String? {
    UserFolder.config.path(environment: environment).map { "\($0)/config" }
  }

  /// Reads the file; nil when there is none.
  static func read(environment: [String: String]) -> ConfigFile? {
    guard let path = path(environment: environment),
      FileManager.default.fileExists(atPath: path)
    else { return nil }
    var file = ConfigFile(path: path)
    guard !InputPath.isFolder(path), let mapped = try? MappedFile(path: path) else {
      file.warn(1, "the file cannot be read")
      return file
    }
    guard mapped.count <= largest else {
      file.warn(1, "the file has more than 64 KB and was passed over")
      return file
    }
    file.parse(String(decoding: Array(mapped.bytes), as: UTF8.self))
    return file
  }

  /// Takes in the lines of a file: `key = value`, blank, or a remark that begins with `#`.
  mutating func parse(_ text: String) {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let line = trimmed(line.drop { $0 == "\u{FEFF}" })
      guard !line.isEmpty, !line.hasPrefix("#") else { continue }
      guard let sign = line.firstIndex(of: "=") else {
        warn(index + 1, "“\(shown(line))” is no “key = value”")
        continue
      }
      take(trimmed(line[..<sign]), trimmed(line[line.index(after: sign)...]), line: index + 1)
    }
  }

  private mutating func take(_ name: String, _ value: String, line: Int) {
    if name.hasPrefix("key.") {
      bind(String(name.dropFirst(4)), value, line: line)
      return
    }
    guard let option = ConfigOption.all.first(where: { $0.name == name.lowercased() }) else {
      let known = ConfigOption.all.map(\.name).joined(separator: ", ")
      warn(line, "there is no option “\(shown(name))”; there are \(known), key.COMMAND")
      return
    }
    if !option.set(value.lowercased(), &settings) {
      warn(line, "\(option.name) takes \(option.values), not “\(shown(value))”")
    }
  }

  mutating func warn(_ line: Int, _ sentence: String) {
    guard warnings.count < Self.warningLimit else { return }
    warnings.append(ConfigWarning(path: path, line: line, sentence: sentence))
  }
}

/// One line that was not understood.
struct ConfigWarning: Hashable, CustomStringConvertible {
  var path: String
  var line: Int
  var sentence: String

  /// `path:line: sentence.`, as compilers write it.
  var description: String { "\(printable(path, limit: 300)):\(line): \(sentence)." }
}

/// Words of the file, fit for a message.
func shown(_ text: String) -> String { printable(text, limit: 40) }

private func trimmed(_ text: some StringProtocol) -> String {
  let start = text.drop(while: \.isWhitespace)
  guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
  return String(start[...last])
}
