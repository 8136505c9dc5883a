import Foundation
import Testing

@testable import Storage

struct MappedFileTests {
  @Test func `pages that were given back are read anew`() throws {
    let path = NSTemporaryDirectory() + "convscope-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let bytes = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try Data(bytes).write(to: URL(filePath: path))
    let file = try MappedFile(path: path)
    #expect(file.bytes == bytes)
    file.releasePages()
    #expect(file.bytes == bytes)
    try Data().write(to: URL(filePath: path))
    try MappedFile(path: path).releasePages()
  }
}
