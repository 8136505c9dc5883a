import FoundationEssentials
import Glibc

/// A result, and how long the algorithm took.
struct LabOutput<Result: Encodable>: Encodable {
  let seed: UInt64
  let version = labVersion
  let cpuSeconds: Double
  let result: Result

  enum CodingKeys: String, CodingKey {
    case seed
    case version
    case cpuSeconds = "cpu_seconds"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(seed, forKey: .seed)
    try container.encode(version, forKey: .version)
    try container.encode(cpuSeconds, forKey: .cpuSeconds)
    try result.encode(to: encoder)
  }

  /// Runs and times `work`, then prints what `describe` makes of it as one line of JSON.
  static func report<Found>(
    seed: UInt64, _ work: () throws -> Found, describe: (Found) throws -> Result
  ) throws {
    let before = processorSeconds()
    let found = try work()
    let seconds = processorSeconds() - before
    let output = LabOutput(seed: seed, cpuSeconds: seconds, result: try describe(found))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    print(String(decoding: try encoder.encode(output), as: UTF8.self))
  }
}

/// Processor time that this process has used on all threads, in seconds.
private func processorSeconds() -> Double {
  Double(clock()) / Double(CLOCKS_PER_SEC)
}
