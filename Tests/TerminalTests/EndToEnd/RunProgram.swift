import Foundation
import Glibc

/// Output and exit status of a program that has ended.
struct ProgramResult {
  var status: Int32
  var output: String
  var errors: String
}

struct CouldNotRun: Error {
  var code: Int32
}

/// Runs a program to its end, without a terminal.
///
/// Output goes to files and the end is waited for by process: Foundation's `Process` and pipes
/// wait for whoever inherited their ends, and a tmux server stays.
func run(
  _ path: String, _ arguments: [String], environment: [String: String]? = nil
) throws -> ProgramResult {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("convscope-run-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let files = ["output", "errors"].map { folder.appendingPathComponent($0).path }
  let variables = environment ?? ProcessInfo.processInfo.environment
  let status = try unsafe spawn(
    path, arguments, variables.map { "\($0.key)=\($0.value)" }, output: files[0], errors: files[1])
  return ProgramResult(
    status: status, output: try String(contentsOfFile: files[0], encoding: .utf8),
    errors: try String(contentsOfFile: files[1], encoding: .utf8))
}

/// Returns the exit status, or 128 and the signal.
@unsafe private func spawn(
  _ path: String, _ arguments: [String], _ environment: [String], output: String, errors: String
) throws -> Int32 {
  var actions = unsafe posix_spawn_file_actions_t()
  unsafe posix_spawn_file_actions_init(&actions)
  defer { unsafe posix_spawn_file_actions_destroy(&actions) }
  unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
  unsafe posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT, 0o600)
  unsafe posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT, 0o600)
  // Worker threads block most signals, and children would inherit that.
  var attributes = posix_spawnattr_t()
  unsafe posix_spawnattr_init(&attributes)
  defer { unsafe posix_spawnattr_destroy(&attributes) }
  var noSignals = sigset_t()
  unsafe sigemptyset(&noSignals)
  unsafe posix_spawnattr_setsigmask(&attributes, &noSignals)
  unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
  var argumentPointers = unsafe ([path] + arguments).map { unsafe strdup($0) } + [nil]
  var environmentPointers = unsafe environment.map { unsafe strdup($0) } + [nil]
  defer {
    unsafe (argumentPointers + environmentPointers).forEach { unsafe free($0) }
  }
  var process = pid_t()
  let code = unsafe posix_spawn(
    &process, path, &actions, &attributes, &argumentPointers, &environmentPointers)
  guard code == 0 else { throw CouldNotRun(code: code) }
  var status: Int32 = 0
  while unsafe waitpid(process, &status, 0) < 0 {
    guard errno == EINTR else { throw CouldNotRun(code: errno) }
  }
  return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
}

/// The probe built beside the tests.
let probePath: String = {
  let tests = URL(fileURLWithPath: CommandLine.arguments.first ?? "").standardized
  return tests.deletingLastPathComponent().appendingPathComponent("terminal-probe").path
}()
