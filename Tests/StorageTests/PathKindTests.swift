import Foundation
import Storage
import Testing

@Suite struct PathKindTests {
  @Test func `files, folders, devices and links are told apart`() throws {
    let folder = NSTemporaryDirectory() + "convscope-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try replaceFile("\(folder)/file", with: [1, 2, 3])
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder)/link", withDestinationPath: "file")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder)/broken", withDestinationPath: "nothing")
    #expect(PathKind(of: "\(folder)/file") == .file(byteCount: 3))
    #expect(PathKind(of: "\(folder)/link") == .file(byteCount: 3))
    #expect(PathKind(of: "\(folder)/broken") == nil)
    #expect(PathKind(of: folder) == .folder)
    #expect(PathKind(of: "/dev/zero") == .other)
    #expect(resolvedPath("\(folder)/./link") == resolvedPath("\(folder)/file"))
    #expect(resolvedPath("\(folder)/broken") == nil)
  }

  @Test func `standard output is known by what it goes to`() throws {
    #expect(standardStream(at: "/dev/zero") == nil)
    #expect(standardStream(at: "/no/such/file") == nil)
    #expect(standardStream(at: "/proc/self/fd/1") == STDOUT_FILENO)
  }
}
