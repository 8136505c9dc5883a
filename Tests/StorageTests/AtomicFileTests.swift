import Foundation
import Storage
import Testing

@Suite struct AtomicFileTests {
  private let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "convscope-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  private func removeAll() { try? FileManager.default.removeItem(atPath: folder) }

  @Test func `a copy is the same, whether shorter or longer than a piece`() throws {
    defer { removeAll() }
    for count in [0, 1, 1 << 20, 1 << 20 + 1, 3 << 20 + 12_345] {
      let bytes = Data((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) })
      let (source, target) = ("\(folder)/source", "\(folder)/target")
      try bytes.write(to: URL(filePath: source))
      try copyFile(from: source, to: target)
      #expect(FileManager.default.contents(atPath: target) == bytes)
    }
  }

  @Test func `what stood there stays when the source cannot be read`() throws {
    defer { removeAll() }
    let target = "\(folder)/target"
    try replaceFile(target, with: [1, 2, 3])
    #expect(throws: StorageError.self) { try copyFile(from: "\(folder)/none", to: target) }
    #expect(FileManager.default.contents(atPath: target) == Data([1, 2, 3]))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 1)
  }
}
