import Foundation
import Tensors
import Testing

@testable import Storage

@Suite struct SafetensorsFileTests {
  private let path = NSTemporaryDirectory() + "convscope-\(UUID().uuidString).safetensors"

  @Test func `what is written is read back`() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    var writer = SafetensorsWriter(metadata: ["odd \"name\"\n": "ünïcode"])
    writer.add("bytes", [1, 2, 3] as [UInt8], shape: [3])
    writer.add("floats", [1.5, -2, .infinity, 0] as [Float], shape: [2, 2])
    writer.add("empty", [] as [Int64], shape: [0, 4])
    try writer.write(to: path)
    let file = try SafetensorsFile(path: path)
    #expect(file.metadata == ["odd \"name\"\n": "ünïcode"])
    #expect(try file.values("floats") == [1.5, -2, .infinity, 0] as [Float])
    #expect(try file.values("bytes") == [1, 2, 3] as [UInt8])
    #expect(file.tensors["floats"]?.bytes.lowerBound.isMultiple(of: 8) == true)
    #expect(throws: StorageError.self) { try file.values("floats", as: Int64.self) }
  }

  @Test func `any damage is an error, never a trap`() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    var writer = SafetensorsWriter(metadata: ["a": "b"])
    writer.add("t", [1, 2, 3] as [Float], shape: [3])
    try writer.write(to: path)
    let good = try [UInt8](Data(contentsOf: URL(filePath: path)))
    var random = SeededGenerator(seed: 1)
    for round in 0..<400 {
      var bad = good
      if round % 2 == 0 {
        bad = Array(bad.prefix(Int.random(in: 0..<good.count, using: &random)))
      } else {
        for _ in 0..<3 {
          bad[Int.random(in: 0..<bad.count, using: &random)] = UInt8.random(
            in: 0...255, using: &random)
        }
      }
      try Data(bad).write(to: URL(filePath: path))
      let file = try? SafetensorsFile(path: path)
      if round % 2 == 0 { #expect(file == nil) }
      _ = try? file?.values("t", as: Float.self)
    }
  }

  @Test func `a full disk is said and leaves nothing behind`() throws {
    let writer = SafetensorsWriter(metadata: [:])
    #expect(throws: StorageError.self) { try writer.write(to: "/dev/full/x") }
    #expect(throws: StorageError.self) { try writer.write(to: "/nonexistent/folder/x") }
  }
}
