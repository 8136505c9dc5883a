import Foundation
import Testing

/// One program in a terminal of its own: a private tmux server with one window.
final class Tmux {
  private let socket = "convscope-\(UUID().uuidString)"
  private let folder: TemporaryFolder

  /// Whether tmux is there; tests that need it are skipped without.
  static let isAvailable = FileManager.default.isExecutableFile(atPath: "/usr/bin/tmux")

  /// Starts a shell of the given size; `run(_:)` types into it.
  init(columns: Int = 120, rows: Int = 40, term: String? = nil, environment: [String: String] = [:])
    throws
  {
    folder = try TemporaryFolder()
    let configuration = try folder.write(
      "tmux.conf",
      """
      set -g default-terminal "tmux-256color"
      set -sg escape-time 0
      set -g status off
      set -ga terminal-overrides ",*:RGB"
      """)
    let own = ["XDG_STATE_HOME": folder.file("state"), "XDG_CONFIG_HOME": folder.file("config")]
    var exports = own.merging(environment) { $1 }.map { "export \($0)='\($1)'" }.sorted()
    if let term { exports.append(term.isEmpty ? "unset TERM" : "export TERM='\(term)'") }
    exports.append(
      "export PS1='STATUS=$? READY> ' SWIFT_BACKTRACE=enable=no XDG_CACHE_HOME='\(folder.file("cache"))' LC_ALL=C.UTF-8"
    )
    let start = try folder.write("start.sh", exports.joined(separator: "\n") + "\n")
    _ = try tmux(
      "-f", configuration, "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)",
      "bash", "--noprofile", "--rcfile", start, "-i")
    try waitFor("READY>")
  }

  deinit { _ = try? tmux("kill-server") }

  @discardableResult
  func tmux(_ arguments: String...) throws -> String {
    try runCommand("/usr/bin/tmux", ["-L", socket] + arguments, seconds: 20).output
  }

  /// Types a command line; the prompt after it tells its exit status: `STATUS=0`.
  func run(_ line: String) throws {
    try tmux("send-keys", "-l", "clear; \(line)")
    try tmux("send-keys", "Enter")
  }

  /// Presses keys by tmux' names: `j`, `Enter`, `C-c`.
  func press(_ keys: String...) throws {
    for key in keys { try tmux("send-keys", key) }
  }

  func resize(columns: Int, rows: Int) throws {
    try tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)")
  }

  /// The text on the screen.
  func screen() throws -> String { try tmux("capture-pane", "-p") }

  /// The screen with its colours as escape sequences.
  func coloredScreen() throws -> String { try tmux("capture-pane", "-p", "-e") }

  /// The value of a format such as `#{alternate_on}`.
  func value(_ format: String) throws -> String {
    try tmux("display-message", "-p", format).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Waits until the screen shows `text`.
  @discardableResult
  func waitFor(
    _ text: String, seconds: Double = 20, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    try waitUntil("the screen shows “\(text)”", seconds: seconds, sourceLocation) {
      $0.contains(text)
    }
  }

  /// Waits until the screen is as wanted; the last one comes back.
  @discardableResult
  func waitUntil(
    _ wish: String, seconds: Double = 20, _ sourceLocation: SourceLocation = #_sourceLocation,
    _ isFulfilled: (String) -> Bool
  ) throws -> String {
    let deadline = Date(timeIntervalSinceNow: seconds)
    while true {
      let now = try screen()
      if isFulfilled(now) { return now }
      if Date() > deadline {
        Issue.record("waited in vain until \(wish):\n\(now)", sourceLocation: sourceLocation)
        throw CancellationError()
      }
      Thread.sleep(forTimeInterval: 0.03)
    }
  }

  /// The process that runs in the shell, once there is one.
  func processID() throws -> Int32 {
    let shell = try value("#{pane_pid}")
    let path = "/proc/\(shell)/task/\(shell)/children"
    let children = FileManager.default.contents(atPath: path) ?? Data()
    let first = String(decoding: children, as: UTF8.self).split(separator: " ").last
    return try #require(first.flatMap { Int32($0) })
  }

  /// The shell is as it was: main screen, cursor, no mouse, a cooked and echoing line.
  func expectUsableShell(sourceLocation: SourceLocation = #_sourceLocation) throws {
    #expect(try value("#{alternate_on}") == "0", sourceLocation: sourceLocation)
    #expect(try value("#{cursor_flag}") == "1", sourceLocation: sourceLocation)
    #expect(try value("#{mouse_any_flag}") == "0", sourceLocation: sourceLocation)
    try tmux(
      "send-keys", "-l",
      "clear; stty -a | tr ' ;' '\\n\\n' | grep -xE -- '-?(icanon|echo|icrnl|opost)'; echo DO''NE")
    try tmux("send-keys", "Enter")
    let modes = try waitFor("DONE", sourceLocation: sourceLocation).split(separator: "\n")
    for mode in ["icanon", "echo", "icrnl", "opost"] {
      #expect(modes.contains { $0 == mode }, "\(mode): \(modes)", sourceLocation: sourceLocation)
    }
  }
}
