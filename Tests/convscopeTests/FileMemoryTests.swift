import Explorer
import Foundation
import Glibc
import Testing

@testable import convscope

struct FileMemoryTests {
  private let folder = NSTemporaryDirectory() + "memory-\(UUID().uuidString)"
  private let key = SessionKey(modelHash: "m", datasetHash: "d")

  private func memory() throws -> FileMemory {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return try #require(FileMemory(environment: ["XDG_STATE_HOME": folder]))
  }

  private func remove() { try? FileManager.default.removeItem(atPath: folder) }

  @Test func `what is still there is found again`() throws {
    let memory = try memory()
    defer { remove() }
    #expect(memory.files(key) == nil)
    let model = folder + "/m.onnx"
    try Data([1]).write(to: URL(filePath: model))
    memory.remember(key, modelPath: model, dataPath: folder)
    #expect(memory.files(key) == FileMemory.Files(modelPath: model, dataPath: folder))
    #expect(memory.files(SessionKey(modelHash: "m", datasetHash: "other")) == nil)
    try FileManager.default.removeItem(atPath: model)
    #expect(memory.files(key) == nil)
  }

  @Test func `a model that is no regular file is none`() throws {
    let memory = try memory()
    defer { remove() }
    memory.remember(key, modelPath: folder, dataPath: folder)
    #expect(memory.files(key) == nil)
    let pipe = folder + "/pipe"
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    memory.remember(key, modelPath: pipe, dataPath: folder)
    #expect(memory.files(key) == nil)
  }

  @Test func `a relative path is noted from the root on`() throws {
    let memory = try memory()
    defer { remove() }
    memory.remember(key, modelPath: "Package.swift", dataPath: ".")
    let files = memory.files(key)
    #expect(files == nil || files?.modelPath.hasPrefix("/") == true)
    #expect(InputPath.absolute("a/b").hasSuffix("/a/b") && InputPath.absolute("/a") == "/a")
  }

  @Test func `nothing is noted for what has no hash`() throws {
    let memory = try memory()
    defer { remove() }
    let nobody = SessionKey(modelHash: "", datasetHash: "")
    memory.remember(nobody, modelPath: "/bin/sh", dataPath: "/")
    #expect(memory.files(nobody) == nil)
  }
}
