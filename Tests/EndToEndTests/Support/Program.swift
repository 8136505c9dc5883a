import Foundation
import Glibc

/// The debug binary that was built together with these tests.
enum Program {
  static let path: String = {
    let bundle = URL(filePath: CommandLine.arguments[0])
    var folder = bundle.deletingLastPathComponent()
    for _ in 0..<6 {
      let candidate = folder.appending(path: "convscope").path
      if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
      folder = folder.deletingLastPathComponent()
    }
    return "convscope"
  }()
}

/// What a finished command left behind.
struct CommandResult {
  var status: Int32
  /// The signal that killed it, if one did.
  var signal: Int32?
  var output: String
  var errors: String

  /// Lines on standard error.
  var complaints: [String] { errors.split(separator: "\n").map(String.init) }
}

/// Runs convscope without a terminal and waits for its end.
///
/// - Parameters:
///   - seconds: After that many it is killed, and `signal` says so.
///   - meanwhile: Gets the process and what it has written so far.
func convscope(
  _ arguments: String..., environment: [String: String] = [:], seconds: Double = 120,
  meanwhile: ((pid_t, () -> String) -> Void)? = nil
) throws -> CommandResult {
  try runCommand(
    Program.path, arguments, environment: environment, seconds: seconds, meanwhile: meanwhile)
}

/// Runs any program the same way.
///
/// Output goes to files and the end is waited for by process: Foundation's `Process` waits for
/// whoever inherited its descriptors, and a tmux server stays.
func runCommand(
  _ path: String, _ arguments: [String], environment: [String: String] = [:], input: String = "",
  seconds: Double = 120, meanwhile: ((pid_t, () -> String) -> Void)? = nil
) throws -> CommandResult {
  let folder = try TemporaryFolder()
  let (output, errors) = (folder.file("out"), folder.file("err"))
  let typed = try folder.write("in", input)
  let own = ["XDG_STATE_HOME": folder.file("state")].merging(environment) { _, new in new }
  let variables = ProcessInfo.processInfo.environment.merging(own) { _, new in new }
  let process = try unsafe spawn(
    path, arguments, variables.map { "\($0.key)=\($0.value)" }, input: typed, output: output,
    errors: errors)
  meanwhile?(process) { text(output) }
  let deadline = Date(timeIntervalSinceNow: seconds)
  var status: Int32 = 0
  while unsafe waitpid(process, &status, WNOHANG) == 0 {
    if Date() > deadline { kill(process, SIGKILL) }
    Thread.sleep(forTimeInterval: 0.004)
  }
  let signal = status & 0x7F
  return CommandResult(
    status: signal == 0 ? status >> 8 & 0xFF : 128 + signal, signal: signal == 0 ? nil : signal,
    output: text(output), errors: text(errors))
}

/// Starts a program with its output in files; worker threads block most signals, and a child
/// would inherit that.
@unsafe private func spawn(
  _ path: String, _ arguments: [String], _ environment: [String], input: String, output: String,
  errors: String
) throws -> pid_t {
  var actions = unsafe posix_spawn_file_actions_t()
  unsafe posix_spawn_file_actions_init(&actions)
  defer { unsafe posix_spawn_file_actions_destroy(&actions) }
  unsafe posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
  unsafe posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT, 0o600)
  unsafe posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT, 0o600)
  var attributes = posix_spawnattr_t()
  unsafe posix_spawnattr_init(&attributes)
  defer { unsafe posix_spawnattr_destroy(&attributes) }
  var noSignals = sigset_t()
  unsafe sigemptyset(&noSignals)
  unsafe posix_spawnattr_setsigmask(&attributes, &noSignals)
  unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
  var argumentPointers = unsafe ([path] + arguments).map { unsafe strdup($0) } + [nil]
  var environmentPointers = unsafe environment.map { unsafe strdup($0) } + [nil]
  defer { unsafe (argumentPointers + environmentPointers).forEach { unsafe free($0) } }
  var process = pid_t()
  let code = unsafe posix_spawn(
    &process, path, &actions, &attributes, &argumentPointers, &environmentPointers)
  guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .ENOENT) }
  return process
}

private func text(_ path: String) -> String {
  String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
}

/// A folder that goes away with its last user.
final class TemporaryFolder {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appending(path: "convscope-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file, its folders too.
  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let url = URL(filePath: file(name))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
    return url.path
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }
}
