import Analysis
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

  @Test func `clusters arranged by hand survive; those that do not fit are damage`() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    var atlas = SampleAtlas().atlas
    let clustering = try #require(atlas.layers[0].clustering)
    let grouping = LayerGrouping(clustering).renaming(0, to: "sky").noting("odd", on: 1)
    atlas.layers[0].grouping = grouping
    try write(atlas)
    #expect(try AtlasFile(path: path).atlas.layers[0].grouping == grouping)
    atlas.layers[0].grouping = grouping.moving([0], to: nil).merging([0, 1])
    try write(atlas)
    #expect(throws: AtlasError.self) { try AtlasFile(path: path) }
  }

  @Test func `an atlas of before influence was measured opens`() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    var atlas = SampleAtlas().atlas
    atlas.layers[1].connections[0].influence = nil
    try write(atlas)
    let connection = try AtlasFile(path: path).atlas.layers[1].connections[0]
    #expect(connection.influence == nil && connection == atlas.layers[1].connections[0])
  }

  @Test func `influence of another size, of no images or below zero is damage`() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    let good = try #require(SampleAtlas().atlas.layers[1].connections[0].influence)
    let (rows, columns) = (good.excitatory.rowCount, good.excitatory.columnCount)
    var strange = Array(repeating: good, count: 4)
    strange[0].excitatory = Matrix(rowCount: rows, columnCount: columns + 1)
    strange[1].inhibitory = Matrix(rowCount: rows - 1, columnCount: columns)
    strange[2].imageCount = 0
    strange[3].inhibitory = Matrix(rowCount: rows, columnCount: columns, repeating: -1)
    for influence in strange {
      var atlas = SampleAtlas().atlas
      atlas.layers[1].connections[0].influence = influence
      try write(atlas)
      #expect(throws: AtlasError.self) { try AtlasFile(path: path) }
    }
    var unknown = good
    unknown.excitatory = Matrix(rowCount: rows, columnCount: columns, repeating: .nan)
    var atlas = SampleAtlas().atlas
    atlas.layers[1].connections[0].influence = unknown
    try write(atlas)
    let read = try AtlasFile(path: path).atlas.layers[1].connections[0].influence
    #expect(read?.excitatory.values.allSatisfy { $0.isNaN } == true)
  }

  @Test func `exact sums survive, also when images are missing`() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    let atlas = SampleAtlas().atlas
    let maps = try #require(FeatureMaps(shape: [3, 4, 2, 2], channelAxis: 1))
    let values = (0..<48).map { Float($0 % 11) - 3.3 }
    var reduction = MapReduction()
    var first = ActivationSummary(neuronCount: 4, classCount: 2, range: .rectified)
    for image in [0, 2] {
      reduction.reduce(values.span, maps, image: image)
      first.add(
        reduction, values.span, maps, place: image, image: Int32(image), column: 0)
    }
    let state = ResumeState(
      summaries: [
        first, ActivationSummary(neuronCount: 3, classCount: 2, range: .rectified),
      ], visited: [true, false, true])
    try AtlasWriter(atlas, resumeState: state, folder: NSTemporaryDirectory()).write(to: path)
    #expect(try AtlasFile(path: path).resumeState() == state)
  }

  @Test func `Python's safetensors opens an atlas`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let packages = root.appending(path: ".build/python")
    guard FileManager.default.fileExists(atPath: packages.appending(path: "complete").path)
    else {
      print("skipped: no Python packages in .build/python; make test fetches them")
      return
    }
    defer { try? FileManager.default.removeItem(atPath: path) }
    let atlas = SampleAtlas().atlas
    try write(atlas)
    let script = """
      import json, sys
      from safetensors import safe_open
      atlas = safe_open(sys.argv[1], "np")
      means = atlas.get_tensor("layers/1/mean_of_max")
      names = [l["name"] for l in json.loads(atlas.metadata()["network"])["layers"]]
      print(names, means.shape, repr(float(means[2, 1])), bytes(atlas.get_tensor("images/encoded")))
      """
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, path]
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["PYTHONPATH": packages.path]) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let mean = try #require(atlas.layers[1].statistics?.meanOfMax[2, 1])
    #expect(output == "['stem', 'classifier'] (3, 2) \(Double(mean)) b'\\x01\\x02\\x03\\x04'\n")
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
        _ = try? file.resumeState()
        for image in file.keptImages { _ = file.encodedImage(image) }
      }
    }
  }
}
