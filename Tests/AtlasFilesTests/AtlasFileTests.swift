import Foundation
import Networks
import Storage
import Tensors
import Testing

import Atlases
@testable import AtlasFiles

@Suite struct AtlasFileTests {
  private let path = NSTemporaryDirectory() + "convscope-\(UUID().uuidString).atlas"

  private func write(_ atlas: Atlas) throws {
    var writer = try AtlasWriter(atlas, resumeState: nil, folder: NSTemporaryDirectory())
    try writer.addPicture(0, encoded: [1, 2, 3])
    try writer.addPicture(2, encoded: [4])
    try writer.write(to: path)
  }

  @Test func `an atlas survives being written and read`() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    var atlas = SampleAtlas().atlas
    try write(atlas)
    let file = try AtlasFile(path: path)
    var read = file.atlas
    for index in atlas.layers.indices {
      // NaN differs from itself.
      #expect(read.layers[index].weightStatistics?.mean.isNaN == true)
      #expect(read.layers[index].weightStatistics?.maximum == .infinity)
      read.layers[index].weightStatistics = nil
      atlas.layers[index].weightStatistics = nil
    }
    #expect(read == atlas)
    #expect(file.keptImages == [0, 2])
    #expect(file.encodedImage(0) == [1, 2, 3])
    #expect(file.encodedImage(1) == nil)
    #expect(AtlasFile.looksLikeAtlas(path: path))
  }

  @Test func `a foreign safetensors file is said to be one`() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    try SafetensorsWriter(metadata: ["format": "pt"]).write(to: path)
    #expect(throws: AtlasError.foreign(path: path)) { try AtlasFile(path: path) }
  }

  @Test func `another version is said to be one`() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    try SafetensorsWriter(metadata: ["format": "convscope-atlas", "version": "99"])
      .write(to: path)
    #expect(throws: AtlasError.version(path: path, found: "99", supported: "1")) {
      try AtlasFile(path: path)
    }
  }

  @Test func `damage is an error or harmless, never a trap`() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    try write(SampleAtlas().atlas)
    let good = try [UInt8](Data(contentsOf: URL(filePath: path)))
    var random = SeededGenerator(seed: 3)
    for _ in 0..<500 {
      var bad = good
      for _ in 0..<4 {
        bad[Int.random(in: 8..<bad.count, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      try Data(bad).write(to: URL(filePath: path))
      if let file = try? AtlasFile(path: path) {
        for image in file.keptImages { _ = file.encodedImage(image) }
      }
    }
  }
}
