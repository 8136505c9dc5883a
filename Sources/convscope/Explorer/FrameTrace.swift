import FoundationEssentials
import Storage

/// Counts what every frame costs, for benchmarks: microseconds from the first key to the
/// finished frame, and the bytes that the process wrote for it.
struct FrameTrace {
  private struct Entry: Encodable {
    /// Nil for frames that no key asked for.
    var microseconds: Int?
    var bytes: Int
  }

  private let path: String
  private let clock = ContinuousClock()
  private var entries: [Entry] = []
  private var firstKey: ContinuousClock.Instant?
  private var bytesBefore = 0

  init(path: String) {
    self.path = path
    bytesBefore = Self.bytesWritten()
  }

  mutating func keysArrived() {
    if firstKey == nil { firstKey = clock.now }
  }

  mutating func framePresented() {
    let microseconds = firstKey.map { key in
      Int((clock.now - key) / Duration.microseconds(1))
    }
    let bytes = Self.bytesWritten()
    entries.append(Entry(microseconds: microseconds, bytes: bytes - bytesBefore))
    (firstKey, bytesBefore) = (nil, bytes)
  }

  /// Writes one JSON line a frame.
  func write() throws(CommandFailure) {
    let lines = entries.map { jsonLine($0) + "\n" }.joined()
    try about(path) { try replaceFile(path, with: Array(lines.utf8)) }
  }

  /// Bytes this process has written to anything so far.
  private static func bytesWritten() -> Int {
    guard let data = FileManager.default.contents(atPath: "/proc/self/io") else { return 0 }
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
    let line = lines.first { $0.hasPrefix("wchar:") }
    return line.flatMap { Int($0.dropFirst("wchar: ".count)) } ?? 0
  }
}
