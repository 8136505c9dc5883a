import Foundation
import Testing

/// The threads of a running program as the kernel tells of them.
struct Threads {
  private let folder: String

  private let total: String

  init(of process: Int32) {
    folder = "/proc/\(process)/task"
    total = "/proc/\(process)/stat"
  }

  /// Waits until the program has rested for two seconds: it took no processor time that the kernel
  /// counted, no thread was ready to run, and none was woken but by the task library's own beat of
  /// once a second. Work in the background may come
  /// first, longer on a busy machine. A program that looks about ten times a second never rests.
  func expectRest(sourceLocation: SourceLocation = #_sourceLocation) throws {
    var (switches, ticks, quietHalfSeconds) = (try contextSwitches(), try processorTicks(), 0)
    for _ in 0..<80 where quietHalfSeconds < 4 {
      Thread.sleep(forTimeInterval: 0.5)
      let (before, ticksBefore, isReady) = (switches, ticks, try isAnyReady())
      (switches, ticks) = (try contextSwitches(), try processorTicks())
      let isQuiet = switches - before <= 2 && ticks == ticksBefore && !isReady
      quietHalfSeconds = isQuiet ? quietHalfSeconds + 1 : 0
    }
    #expect(quietHalfSeconds == 4, sourceLocation: sourceLocation)
  }

  /// Processor time as the kernel samples it, in its ticks.
  private func processorTicks() throws -> Int {
    let fields = try String(contentsOfFile: total, encoding: .utf8).split(separator: " ")
    return try #require(Int(fields[13])) + #require(Int(fields[14]))
  }

  /// How often threads of the program gave a processor up, whether they had to or wanted to. It rises
  /// with every wake-up, however short: unlike processor time, which the kernel samples.
  private func contextSwitches() throws -> Int {
    try statuses().flatMap { $0.split(separator: "\n") }
      .filter { $0.contains("voluntary_ctxt_switches:") }
      .reduce(0) { $0 + (Int($1.split(separator: "\t").last ?? "") ?? 0) }
  }

  /// Whether a thread runs, or would if it were given a processor.
  private func isAnyReady() throws -> Bool {
    try statuses().contains { $0.contains("\nState:\tR") }
  }

  /// The status of each thread; of those that end meanwhile, none.
  private func statuses() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).compactMap {
      try? String(contentsOfFile: "\(folder)/\($0)/status", encoding: .utf8)
    }
  }
}
