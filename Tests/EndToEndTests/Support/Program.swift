import Foundation

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
/// - Parameter seconds: After that many it is killed, and `signal` says so.
func convscope(
  _ arguments: String..., environment: [String: String] = [:], seconds: Double = 60,
  meanwhile: ((Process) -> Void)? = nil
) throws -> CommandResult {
  try runCommand(
    Program.path, arguments, environment: environment, seconds: seconds, meanwhile: meanwhile)
}

/// Runs any program the same way.
func runCommand(
  _ path: String, _ arguments: [String], environment: [String: String] = [:],
  seconds: Double = 60, meanwhile: ((Process) -> Void)? = nil
) throws -> CommandResult {
  let process = Process()
  process.executableURL = URL(filePath: path)
  process.arguments = arguments
  process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
  process.standardInput = FileHandle.nullDevice
  let folder = try TemporaryFolder()
  let (output, errors) = (folder.file("out"), folder.file("err"))
  for path in [output, errors] { try Data().write(to: URL(filePath: path)) }
  process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
  process.standardError = try FileHandle(forWritingTo: URL(filePath: errors))
  try process.run()
  meanwhile?(process)
  let deadline = Date(timeIntervalSinceNow: seconds)
  while process.isRunning && Date() < deadline { Thread.sleep(forTimeInterval: 0.005) }
  if process.isRunning { kill(process.processIdentifier, SIGKILL) }
  process.waitUntilExit()
  let wasKilled = process.terminationReason == .uncaughtSignal
  return CommandResult(
    status: process.terminationStatus, signal: wasKilled ? process.terminationStatus : nil,
    output: text(output), errors: text(errors))
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
