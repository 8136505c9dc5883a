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

  @Test func `a link stays, and what it leads to is replaced`() throws {
    defer { removeAll() }
    let (file, link) = ("\(folder)/file", "\(folder)/link")
    try replaceFile(file, with: [1])
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "file")
    try replaceFile(link, with: [2, 3])
    #expect(FileManager.default.contents(atPath: file) == Data([2, 3]))
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "file")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 2)
  }

  @Test func `a pipe takes the bytes and is not replaced`() throws {
    defer { removeAll() }
    let pipe = "\(folder)/pipe"
    try #require(unsafe mkfifo(pipe, 0o600) == 0)
    let reader = unsafe open(pipe, O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    try replaceFile(pipe, with: [7, 8, 9])
    var found = [UInt8](repeating: 0, count: 8)
    #expect(unsafe read(reader, &found, found.count) == 3)
    #expect(found.starts(with: [7, 8, 9]))
    #expect(PathKind(of: pipe) == .other)
  }

  @Test func `a full device and a folder are refused`() throws {
    defer { removeAll() }
    #expect(throws: StorageError.diskFull(path: "/dev/full")) {
      try replaceFile("/dev/full", with: [1])
    }
    #expect(PathKind(of: "/dev/full") == .other)
    #expect(throws: StorageError.isDirectory(path: folder)) { try replaceFile(folder, with: [1]) }
  }
}
