import Foundation
import Testing

/// Tests against a real terminal, one after the other.
@Suite(.serialized, .enabled(if: TmuxPane.isAvailable, "needs tmux"))
enum EndToEnd {}

/// One shell in a tmux server of its own, which ends with this value.
final class TmuxPane {
  static let tmux = ["/usr/bin/tmux", "/usr/local/bin/tmux", "/opt/homebrew/bin/tmux"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }
  static let isAvailable = tmux != nil

  private let socket = "convscope-test-\(UUID().uuidString.prefix(8))"
  private let folder: URL

  init(height: Int = 24, width: Int = 80) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(socket)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try runScript.write(to: folder.appendingPathComponent("run"), atomically: true, encoding: .utf8)
    try tmux(
      "-f", "/dev/null", "new-session", "-d", "-x", "\(width)", "-y", "\(height)",
      "env -u TERM -u COLORTERM -u NO_COLOR -u LC_ALL LANG=C.UTF-8 TERM=tmux-256color PS1='$ ' bash --norc --noprofile"
    )
    try tmux("set-option", "-g", "status", "off")
    try tmux("set-option", "-s", "escape-time", "0")
    try tmux("resize-window", "-x", "\(width)", "-y", "\(height)")
    try wait("the shell's prompt") { $0.hasPrefix("$") }
  }

  deinit {
    _ = try? tmux("kill-server")
    try? FileManager.default.removeItem(at: folder)
  }

  /// Runs the probe in the shell; afterwards its status and whether the terminal's modes are as
  /// before are printed.
  ///
  /// - Parameter environment: Assignments, or `-u NAME`, as `env` takes them.
  func startProbe(
    _ environment: String = "TERM=tmux-256color", _ arguments: String = "", isJob: Bool = false
  ) throws {
    let program = isJob ? probePath : "bash \(folder.path)/run \(probePath)"
    try type("clear; env SWIFT_BACKTRACE=enable=no \(environment) \(program) \(arguments)", "Enter")
    try wait("the probe's first frame") { $0.contains("pid=") }
  }

  func type(_ keys: String...) throws {
    try tmux("send-keys", arguments: keys)
  }

  /// Types text as it is, escape characters included.
  func typeRaw(_ text: String) throws {
    try tmux("send-keys", "-l", text)
  }

  func screen(withColors: Bool = false) throws -> String {
    try tmux("capture-pane", arguments: withColors ? ["-e", "-p"] : ["-p"])
  }

  /// The screen with what has scrolled off it.
  func history() throws -> String { try tmux("capture-pane", "-p", "-S", "-") }

  func format(_ format: String) throws -> String {
    try tmux("display-message", "-p", format).trimmingCharacters(in: .newlines)
  }

  /// Alternate screen, cursor shown, mouse taken.
  func state() throws -> String { try format("#{alternate_on} #{cursor_flag} #{mouse_any_flag}") }

  /// The probe's process.
  func probeProcess() throws -> Int32 {
    let digits = try screen().components(separatedBy: "pid=").dropFirst().first?.prefix {
      $0.isNumber
    }
    return try #require(digits.flatMap { Int32($0) })
  }

  /// Waits until the screen satisfies a condition; fails after a few seconds.
  @discardableResult
  func wait(
    _ what: String, sourceLocation: SourceLocation = #_sourceLocation,
    until condition: (String) throws -> Bool
  ) throws -> String {
    let deadline = Date().addingTimeInterval(15)
    var last = ""
    repeat {
      last = try screen()
      if try condition(last) { return last }
      usleep(15_000)
    } while Date() < deadline
    Issue.record("waited for \(what); the screen shows:\n\(last)", sourceLocation: sourceLocation)
    throw WaitedTooLong()
  }

  func resize(height: Int, width: Int) throws {
    try tmux("resize-window", "-x", "\(width)", "-y", "\(height)")
  }

  /// Records what the program sends to the terminal while `body` runs.
  func bytesSent(during body: () throws -> Void) throws -> Int {
    let file = folder.appendingPathComponent("sent-\(UUID().uuidString)")
    try tmux("pipe-pane", "cat >'\(file.path)'")
    try body()
    usleep(150_000)
    try tmux("pipe-pane")
    return try Data(contentsOf: file).count
  }

  @discardableResult
  func tmux(_ command: String...) throws -> String {
    try tmux(command[0], arguments: Array(command.dropFirst()))
  }

  @discardableResult
  private func tmux(_ command: String, arguments: [String]) throws -> String {
    let program = try #require(TmuxPane.tmux)
    return try run(program, ["-L", socket, command] + arguments).output
  }
}

struct WaitedTooLong: Error {}

/// Compares the terminal's modes before and after a program.
private let runScript = """
  before=$(stty -g)
  "$@"
  status=$?
  [ "$before" = "$(stty -g)" ] && modes=same || modes=changed
  echo "status=$status modes=$modes."
  """
